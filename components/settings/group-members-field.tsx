"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { GroupMember } from "@/lib/contracts/groups";

type Props = {
  people: readonly GroupMember[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

// So many fit into view at once; beyond that one looks for names.
const fewPeople = 8;
const shownPeople = 100;

/** Who is in a group: a list to tick, and a field to find people in it. */
export function GroupMembersField({ people, chosen, onChange }: Props) {
  const translate = useTranslations("budgets.groups");
  const [wanted, setWanted] = useState("");
  const found = people.filter((one) => matches(one, wanted));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-ui font-medium text-ink">
        {translate("people")}
        <span className="ms-2 font-normal text-ink-faint">
          {translate("chosen", { count: chosen.length })}
        </span>
      </legend>
      {people.length > fewPeople && (
        <Field label={translate("find")} isLabelHidden>
          <Input
            type="search"
            value={wanted}
            placeholder={translate("find")}
            autoComplete="off"
            onChange={(event) => {
              setWanted(event.currentTarget.value);
            }}
          />
        </Field>
      )}
      <p role="status" className={wanted === "" ? "sr-only" : "text-small text-ink-faint"}>
        {wanted !== "" && translate("found", { count: found.length })}
      </p>
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-control border border-line empty:hidden">
        {found.slice(0, shownPeople).map(({ id, name, email }) => (
          <li key={id}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-hover">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={chosen.includes(id)}
                onChange={(event) => {
                  const rest = chosen.filter((one) => one !== id);
                  onChange(event.currentTarget.checked ? [...rest, id] : rest);
                }}
              />
              <span className="min-w-0">
                <span className="block break-words text-ink">{name}</span>
                <span className="block text-small break-all text-ink-faint">{email}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function matches({ name, email }: GroupMember, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return name.toLowerCase().includes(text) || email.toLowerCase().includes(text);
}

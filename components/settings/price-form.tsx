"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PriceAmounts, PriceChange } from "@/lib/contracts/prices";
import { currencies } from "@/lib/contracts/usage";
import { PriceAmountField } from "./price-amount-field";
import { amountNames, readDraft, toDraft, type PriceDraft, type PriceProblem } from "./price-draft";
import { findToday } from "./use-price-words";

type Props = {
  current: PriceAmounts | null;
  timeZone: string;
  onSave: (price: PriceChange) => Promise<void>;
};

/** A new version of a price. Saved as a whole: half a price is none. */
export function PriceForm({ current, timeZone, onSave }: Props) {
  const translate = useTranslations("prices");
  const problemId = useId();
  const before = toDraft(current);
  const [draft, setDraft] = useState(before);
  const [isDayChosen, setDayChosen] = useState(false);
  const [problem, setProblem] = useState<PriceProblem>();
  const [isBusy, setIsBusy] = useState(false);
  const isChanged = (Object.keys(draft) as (keyof PriceDraft)[]).some(
    (name) => draft[name] !== before[name],
  );

  const change = (part: Partial<PriceDraft>) => {
    setProblem(undefined);
    setDraft({ ...draft, ...part });
  };
  const submit = async () => {
    const read = readDraft(draft, findToday(timeZone, new Date()), isDayChosen);
    if ("problem" in read) {
      setProblem(read.problem);
      return;
    }
    setIsBusy(true);
    await onSave(read.price);
    setIsBusy(false);
  };
  const placeholders = {
    input: "—",
    cached: translate("asInput"),
    output: "—",
    reasoning: translate("asOutput"),
  };

  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-4">
        {amountNames.map((name) => (
          <PriceAmountField
            key={name}
            label={translate(name)}
            value={draft[name]}
            placeholder={placeholders[name]}
            problemId={problem === "amount" || problem === "half" ? problemId : undefined}
            onChange={(text) => {
              change({ [name]: text });
            }}
          />
        ))}
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Field label={translate("currency")}>
          <Select
            value={draft.currency}
            options={currencies.map((value) => ({
              value,
              label: translate(`currencies.${value}`),
            }))}
            onValueChange={(currency) => {
              change({ currency });
            }}
          />
        </Field>
        <Field label={translate("source")} hint={translate("sourceHint")}>
          <Input
            value={draft.source}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => {
              change({ source: event.currentTarget.value });
            }}
          />
        </Field>
        <Field label={translate("from")}>
          <Select
            value={isDayChosen ? "day" : "now"}
            options={(["now", "day"] as const).map((value) => ({
              value,
              label: translate(`fromChoices.${value}`),
            }))}
            onValueChange={(value) => {
              setDayChosen(value === "day");
              setProblem(undefined);
            }}
          />
        </Field>
        {isDayChosen && (
          <Field label={translate("day")} hint={translate("dayHint", { zone: timeZone })}>
            <Input
              type="date"
              value={draft.day}
              className="sm:max-w-44"
              aria-invalid={problem === "day"}
              aria-describedby={problem === "day" ? problemId : undefined}
              onChange={(event) => {
                change({ day: event.currentTarget.value });
              }}
            />
          </Field>
        )}
      </div>
      <p id={problemId} role="alert" className="text-small text-bad empty:hidden">
        {problem !== undefined && translate(`problems.${problem}`)}
      </p>
      <Button
        type="submit"
        className="h-10 self-end max-sm:self-stretch"
        isBusy={isBusy}
        disabled={!isChanged}
      >
        {translate("save")}
      </Button>
    </form>
  );
}

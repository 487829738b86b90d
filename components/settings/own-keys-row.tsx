"use client";

import { CircleAlert, KeyRound } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { MemberProvider } from "@/lib/contracts/providers";
import { ItemRemoval } from "./item-removal";
import { ItemRow } from "./item-row";
import { removeOwnKey } from "./own-keys-api";
import { OwnKeyDialog } from "./own-keys-dialog";

type Props = { provider: MemberProvider; onChanged: () => Promise<void> };

/** One provider: where a key of one's own goes, whether there is one, and how it does. */
export function OwnKeyRow({ provider, onChanged }: Props) {
  const translate = useTranslations("aliases.ownKeys");
  const [open, setOpen] = useState<"key" | "remove">();
  const { id, name, host, takesKeys, key } = provider;

  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <ItemRow
      isStacked
      controls={
        <>
          {takesKeys && (
            <Button
              size="sm"
              aria-label={translate(key === null ? "addFor" : "replaceFor", { name })}
              onClick={() => {
                setOpen("key");
              }}
            >
              {translate(key === null ? "add" : "replace")}
            </Button>
          )}
          {key !== null && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={translate("removeFor", { name })}
              onClick={() => {
                setOpen("remove");
              }}
            >
              {translate("remove")}
            </Button>
          )}
          {open === "key" && (
            <OwnKeyDialog provider={provider} onOpenChange={onOpenChange} onChanged={onChanged} />
          )}
          <ItemRemoval
            isOpen={open === "remove"}
            onOpenChange={onOpenChange}
            removal={{
              label: translate("remove"),
              title: translate("removeTitle", { name }),
              text: translate(provider.hasSharedKey ? "removeShared" : "removeAlone"),
              doneText: translate("removed", { name }),
              onRemove: () => removeOwnKey(id),
              onRemoved: onChanged,
            }}
          />
        </>
      }
    >
      <h2 className="font-medium break-words text-ink">{name}</h2>
      <p className="text-small break-all text-ink-faint">{host}</p>
      <KeyState provider={provider} />
    </ItemRow>
  );
}

function KeyState({ provider: { key, takesKeys, hasSharedKey } }: { provider: MemberProvider }) {
  const translate = useTranslations("aliases.ownKeys");
  const format = useFormatter();
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium" });
  if (key === null)
    return (
      <p className="mt-1 text-pretty text-ink-soft">
        {translate(hasSharedKey ? "shared" : "needed")}
      </p>
    );
  if (!takesKeys) return <p className="mt-1 text-pretty text-warn">{translate("unused")}</p>;
  const { asideCode, asideAt, createdAt } = key;
  if (asideCode !== null)
    return (
      <p className="mt-1 flex items-start gap-1.5 text-pretty text-bad">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {translate(asideCode === "provider_out_of_credit" ? "noCredit" : "refused", {
          date: day(asideAt ?? createdAt),
        })}
      </p>
    );
  return (
    <p className="mt-1 flex items-start gap-1.5 text-ink-soft">
      <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      {translate("used", { date: day(createdAt) })}
    </p>
  );
}

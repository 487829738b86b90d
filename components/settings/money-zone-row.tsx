"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { useHydrated } from "@/lib/client/use-hydrated";
import { timeZoneSchema } from "@/lib/contracts/time-zone";
import { SettingRow } from "./setting-row";

type Props = {
  value: string;
  /** Whether anybody has chosen it: a first instance is in UTC and does not know better. */
  isChosen: boolean;
  onSave: (zone: string) => Promise<boolean>;
};

/** The team's time zone: typed with the names at hand, or this browser's. */
export function MoneyZoneRow({ value, isChosen, onSave }: Props) {
  const translate = useTranslations("prices.money");
  const listId = useId();
  // The server is somewhere else.
  const isHydrated = useHydrated();
  const [text, setText] = useState(value);
  const [error, setError] = useState<string>();
  const own = isHydrated ? findOwnZone() : null;

  const commit = () => {
    const typed = text.trim();
    const zone = findZones().find((one) => one.toLowerCase() === typed.toLowerCase()) ?? typed;
    const isRight = timeZoneSchema.safeParse(zone).success;
    setError(isRight ? undefined : translate("zoneInvalid"));
    if (isRight && zone !== value) void onSave(zone);
  };

  return (
    <>
      {!isChosen && own !== null && own !== value && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
          <p className="min-w-0 flex-1 basis-64 text-ink">{translate("zoneAsk", { zone: own })}</p>
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" onClick={() => void onSave(own)}>
              {translate("zoneTake", { zone: own })}
            </Button>
            <Button onClick={() => void onSave(value)}>{translate("zoneKeep")}</Button>
          </div>
        </div>
      )}
      <SettingRow label={translate("zone")} hint={translate("zoneHint")} error={error}>
        <Input
          value={text}
          list={listId}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter") commit();
            if (event.key === "Escape") {
              setText(value);
              setError(undefined);
            }
          }}
        />
        <datalist id={listId}>
          {isHydrated && findZones().map((zone) => <option key={zone} value={zone} />)}
        </datalist>
        {isChosen && own !== null && own !== value && (
          <Button
            size="sm"
            variant="ghost"
            className="mt-1.5 max-w-full"
            onClick={() => void onSave(own)}
          >
            {translate("zoneBrowser", { zone: own })}
          </Button>
        )}
      </SettingRow>
    </>
  );
}

/** The zones that this browser knows by name; UTC is left out of its list. */
function findZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}

/** This browser's zone; null where it keeps it to itself. */
function findOwnZone(): string | null {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return timeZoneSchema.safeParse(zone).success ? zone : null;
}

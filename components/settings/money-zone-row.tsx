"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/lib/client/use-hydrated";
import { timeZoneSchema } from "@/lib/contracts/time-zone";
import { TextRow } from "./text-row";

type Props = {
  value: string;
  /** Whether anybody has chosen it: a first instance is in UTC and does not know better. */
  isChosen: boolean;
  onSave: (zone: string) => Promise<boolean>;
};

/** The team's time zone: typed with the names at hand, or this browser's. */
export function MoneyZoneRow({ value, isChosen, onSave }: Props) {
  const translate = useTranslations("prices.money");
  // The server is somewhere else.
  const isHydrated = useHydrated();
  const own = isHydrated ? findOwnZone() : null;
  const read = (typed: string) =>
    findZones().find((zone) => zone.toLowerCase() === typed.toLowerCase()) ?? typed;

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
      <TextRow
        label={translate("zone")}
        hint={translate("zoneHint")}
        value={value}
        maxLength={64}
        options={isHydrated ? findZones() : []}
        findError={(typed) =>
          timeZoneSchema.safeParse(read(typed)).success ? undefined : translate("zoneInvalid")
        }
        onSave={async (typed) => {
          const zone = read(typed);
          return zone === value || (await onSave(zone));
        }}
      >
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
      </TextRow>
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

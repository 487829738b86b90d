"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { areDays, findDays, maxDays, periodNames, type Days, type Period } from "./period";
import { Segments } from "./segments";
import { useFormats } from "./use-formats";

type Props = {
  period: Period;
  /** The day that it is in the team's zone. */
  today: string;
  onChange: (period: Period) => void;
};

/** Which days the figures are of. */
export function PeriodPicker({ period, today, onChange }: Props) {
  const translate = useTranslations("usage.period");
  const formats = useFormats();
  const days = findDays(period, today);
  return (
    <div className="flex flex-col gap-2">
      <div className="-mx-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Segments
          label={translate("label")}
          value={period.name}
          options={periodNames.map((value) => ({ value, label: translate(value) }))}
          onChange={(name) => {
            onChange(name === "own" ? { name, ...days } : { name });
          }}
        />
        <p className="px-3 text-small text-ink-faint tabular-nums">
          {translate("range", { from: formats.date(days.from), to: formats.date(days.to) })}
        </p>
      </div>
      {period.name === "own" && (
        <OwnDays
          days={days}
          today={today}
          onChange={(own) => {
            onChange({ name: "own", ...own });
          }}
        />
      )}
    </div>
  );
}

type OwnDaysProps = { days: Days; today: string; onChange: (days: Days) => void };

function OwnDays({ days, today, onChange }: OwnDaysProps) {
  const translate = useTranslations("usage.period");
  const id = useId();
  const [typed, setTyped] = useState(days);
  const [shown, setShown] = useState(days);
  // Back, or another link, brings other days.
  if (shown.from !== days.from || shown.to !== days.to) {
    setShown(days);
    setTyped(days);
  }
  const isValid = areDays(typed);
  const change = (part: Partial<Days>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    if (areDays(next)) onChange(next);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid max-w-sm grid-cols-2 gap-3">
        {(["from", "to"] as const).map((end) => (
          <div key={end} className="flex min-w-0 flex-col gap-1.5">
            <label htmlFor={`${id}-${end}`} className="text-ui font-medium text-ink">
              {translate(end)}
            </label>
            <Input
              id={`${id}-${end}`}
              type="date"
              value={typed[end]}
              max={today}
              aria-invalid={!isValid}
              aria-describedby={`${id}-problem`}
              className="tabular-nums"
              onChange={(event) => {
                change({ [end]: event.currentTarget.value });
              }}
            />
          </div>
        ))}
      </div>
      <p id={`${id}-problem`} role="alert" className="text-small text-bad empty:hidden">
        {isValid ? null : translate("invalid", { max: maxDays })}
      </p>
    </div>
  );
}

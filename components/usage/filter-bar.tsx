"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { callKinds, payers } from "@/lib/contracts/usage";
import type { UsageReport } from "@/lib/contracts/usage-reports";
import type { Days } from "./period";
import { findReportPath, readReport } from "./usage-api";
import type { FilterName, Filters } from "./usage-filter";
import { useFresh } from "./use-fresh";
import { useFormats } from "./use-formats";
import { usePicked } from "./use-picked";
import { useRowName } from "./use-row-name";

const named = ["user", "group", "model", "provider"] as const;

type Props = {
  filters: Filters;
  days: Days;
  timeZone: string;
  onFilter: (name: FilterName, value: string) => void;
  onClear: () => void;
};

/** What the whole page is narrowed to. Offered is what was used in the period, gone or not. */
export function FilterBar({ filters, days, timeZone, onFilter, onClear }: Props) {
  const translate = useTranslations("usage");
  const isAny = Object.keys(filters).length > 0;
  const kinds = callKinds.map((value) => ({ value, label: translate(`kinds.${value}`) }));
  const whoPaid = payers.map((value) => ({ value, label: translate(`payers.${value}`) }));
  return (
    <div
      role="group"
      aria-label={translate("filter.label")}
      className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 lg:grid-cols-4"
    >
      {named.map((name) => (
        <NamedFilter
          key={name}
          name={name}
          value={filters[name] ?? ""}
          days={days}
          timeZone={timeZone}
          onFilter={onFilter}
        />
      ))}
      <Filter name="kind" value={filters.kind ?? ""} options={kinds} onFilter={onFilter} />
      <Filter name="payer" value={filters.payer ?? ""} options={whoPaid} onFilter={onFilter} />
      <Button
        variant="ghost"
        className="h-10 justify-self-start"
        disabled={!isAny}
        onClick={onClear}
      >
        {translate("filter.clear")}
      </Button>
    </div>
  );
}

type NamedProps = {
  name: (typeof named)[number];
  value: string;
  days: Days;
  timeZone: string;
  onFilter: Props["onFilter"];
};

function NamedFilter({ name, value, days, timeZone, onFilter }: NamedProps) {
  const nameRow = useRowName(timeZone);
  const { collator } = useFormats();
  const { value: report } = useFresh(
    findReportPath({ scope: "all", days, groupBy: name }),
    readReport,
  );
  const options = listRows(report)
    .map((row) => ({ value: row.key, label: nameRow(name, row) }))
    .toSorted((one, other) => collator.compare(one.label, other.label));
  return <Filter name={name} value={value} options={options} onFilter={onFilter} />;
}

function listRows(report: UsageReport | undefined) {
  return (report?.rows ?? []).filter(({ key }) => key !== "");
}

type FilterProps = {
  name: FilterName;
  value: string;
  options: readonly { value: string; label: string }[];
  onFilter: Props["onFilter"];
};

function Filter({ name, value, options, onFilter }: FilterProps) {
  const translate = useTranslations("usage.filter");
  const id = useId();
  const [picked, pick] = usePicked(value);
  const isOffered = picked === "" || options.some((option) => option.value === picked);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-small text-ink-soft">
        {translate(name)}
      </label>
      <Select
        id={id}
        value={picked}
        options={[
          { value: "", label: translate("all") },
          ...options,
          ...(isOffered ? [] : [{ value: picked, label: translate("chosen") }]),
        ]}
        onValueChange={(next) => {
          pick(next);
          onFilter(name, next);
        }}
      />
    </div>
  );
}

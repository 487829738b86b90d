"use client";

import { useTranslations } from "next-intl";
import type { Currency } from "@/lib/contracts/usage";
import type { UsageGrouping, UsageRow } from "@/lib/contracts/usage-reports";
import { ComparePart, type ModelChoice } from "./compare-part";
import { DayPart } from "./day-part";
import { isDay } from "./days";
import { EmptyPeriod } from "./empty-period";
import { EstimateNote } from "./estimate-note";
import { FilterBar } from "./filter-bar";
import { ForecastPart } from "./forecast-part";
import { FreshPart } from "./fresh-part";
import { Headline } from "./headline";
import { HourPart } from "./hour-part";
import { Part } from "./part";
import { PerCallPart } from "./per-call-part";
import { findDays, readPeriod, writePeriod } from "./period";
import { PeriodPicker } from "./period-picker";
import { ProviderPart } from "./provider-part";
import { RowFilter } from "./row-filter";
import { TablePart } from "./table-part";
import { findDashboardPath, findReportPath, readDashboard, readReport } from "./usage-api";
import { filterNames, findFilter, readFilters, writeFilter, type FilterName } from "./usage-filter";
import { useAddress } from "./use-address";
import { useFresh } from "./use-fresh";

const groupings = [
  ...(["user", "group", "model", "provider", "key"] as const),
  ...(["payer", "kind", "error", "day"] as const),
];

type Props = {
  /** The day that it is in the team's time zone. */
  today: string;
  timeZone: string;
  totalsCurrency: Currency;
  /** Those that traffic can be compared with. */
  models: readonly ModelChoice[];
};

/** What the whole team has used, for admins. Everything that is chosen stands in the address. */
export function TeamUsage({ today, timeZone, totalsCurrency, models }: Props) {
  const translate = useTranslations("usage");
  const { search, change } = useAddress();
  const period = readPeriod(search);
  const filters = readFilters(search);
  const days = findDays(period, today);
  const groupBy = groupings.find((one) => one === search.get("by")) ?? "user";
  const hoursOf = search.get("day") ?? "";
  const isInside = isDay(hoursOf) && hoursOf >= days.from && hoursOf <= days.to;
  const dashboard = useFresh(findDashboardPath(days, filters), readDashboard);
  const byDay = useFresh(
    findReportPath({ scope: "all", days, groupBy: "day", filters }),
    readReport,
  );
  const isEmpty = dashboard.value?.totals.attempts === 0;
  const isFiltered = Object.keys(filters).length > 0;

  const set = (name: string, value: string) => {
    change((address) => {
      address.set(name, value);
    });
  };
  const filter = (name: FilterName, value: string) => {
    change((address) => {
      writeFilter(address, name, value);
    });
  };
  const clear = () => {
    change((address) => {
      for (const name of filterNames) address.delete(name);
    });
  };
  const renderName = (row: UsageRow, name: string, of: UsageGrouping) => {
    const filterName = findFilter(of);
    if (filterName === null || row.key === "" || filters[filterName] === row.key) return name;
    return (
      <RowFilter
        name={name}
        onChoose={() => {
          filter(filterName, row.key);
        }}
      />
    );
  };

  return (
    <>
      <p className="mb-6 text-pretty text-ink-soft">
        {translate("dashboard.text", { zone: timeZone })}
      </p>
      <div className="flex flex-col gap-4">
        <PeriodPicker
          period={period}
          today={today}
          onChange={(next) => {
            const isRefined = next.name === "own" && period.name === "own";
            change(
              (address) => {
                writePeriod(address, next);
              },
              isRefined ? "replace" : "push",
            );
          }}
        />
        <FilterBar
          filters={filters}
          days={days}
          timeZone={timeZone}
          onFilter={filter}
          onClear={clear}
        />
      </div>
      {isEmpty && <EmptyPeriod of="team" onClear={isFiltered ? clear : undefined} />}
      {!isEmpty && (
        <>
          <Part title={translate("dashboard.figures")}>
            <FreshPart fresh={dashboard} skeletonClass="h-56">
              {(value) => (
                <>
                  <Headline dashboard={value} totalsCurrency={totalsCurrency} />
                  <EstimateNote sums={value.totals} saysUnpriced={false} />
                </>
              )}
            </FreshPart>
          </Part>
          <DayPart
            fresh={byDay}
            isDetailed
            onChoose={(day) => {
              set("day", day);
            }}
          />
          <HourPart
            day={isInside ? hoursOf : days.to}
            days={days}
            filters={filters}
            onDay={(day) => {
              set("day", day);
            }}
          />
          <TablePart
            title={translate("dashboard.details")}
            request={{ scope: "all", days, groupBy, filters }}
            groupings={groupings}
            isDetailed
            onGroup={(next) => {
              set("by", next);
            }}
            renderName={renderName}
          />
        </>
      )}
      {dashboard.value !== undefined && (
        <>
          <div className="grid gap-x-12 lg:grid-cols-2">
            <ForecastPart
              forecast={dashboard.value.forecast}
              rate={{ cnyPerUsdMicros: dashboard.value.cnyPerUsdMicros, totalsCurrency }}
            />
            <PerCallPart tokensPerCall={dashboard.value.tokensPerCall} />
          </div>
          {!isEmpty && (
            <ComparePart
              models={models}
              days={days}
              filters={filters}
              rate={{ cnyPerUsdMicros: dashboard.value.cnyPerUsdMicros, totalsCurrency }}
            />
          )}
          <ProviderPart providers={dashboard.value.providers} timeZone={timeZone} />
        </>
      )}
    </>
  );
}

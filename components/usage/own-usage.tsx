"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { Currency } from "@/lib/contracts/usage";
import type { UsageGrouping, UsageRow } from "@/lib/contracts/usage-reports";
import { BudgetList } from "./budget-list";
import { DayPart } from "./day-part";
import { EmptyPeriod } from "./empty-period";
import { EstimateNote } from "./estimate-note";
import { FreshPart } from "./fresh-part";
import { OwnFigures } from "./own-figures";
import { Part } from "./part";
import { findDays, readPeriod, writePeriod } from "./period";
import { PeriodPicker } from "./period-picker";
import { TablePart } from "./table-part";
import { findReportPath, readOwnBudgets, readReport } from "./usage-api";
import { useAddress } from "./use-address";
import { useFresh } from "./use-fresh";

const groupings = ["model", "conversation", "day", "kind", "key", "payer"] as const;

type Props = {
  /** The day that it is in the team's time zone. */
  today: string;
  timeZone: string;
  totalsCurrency: Currency;
};

/** What the reader has used, what it cost, and what is left. */
export function OwnUsage({ today, timeZone, totalsCurrency }: Props) {
  const translate = useTranslations("usage");
  const { search, change } = useAddress();
  const period = readPeriod(search);
  const groupBy = groupings.find((one) => one === search.get("by")) ?? "model";
  const days = findDays(period, today);
  const month = { scope: "own", days: findDays({ name: "this-month" }, today) } as const;
  const ofMonth = useFresh(findReportPath({ ...month, groupBy: "day" }), readReport);
  const byDay = useFresh(findReportPath({ scope: "own", days, groupBy: "day" }), readReport);
  const budgets = useFresh("/api/usage/budgets", (_path, signal) => readOwnBudgets(signal));
  return (
    <>
      <p className="mb-8 text-pretty text-ink-soft">{translate("own.text", { zone: timeZone })}</p>
      <FreshPart fresh={ofMonth} skeletonClass="h-24">
        {(report) => <OwnFigures report={report} today={today} totalsCurrency={totalsCurrency} />}
      </FreshPart>
      <Part title={translate("own.budgets")} text={translate("own.budgetsText")}>
        <FreshPart fresh={budgets} skeletonClass="h-16">
          {(value) => <BudgetList budgets={value.budgets} timeZone={timeZone} />}
        </FreshPart>
      </Part>
      <div className="mt-12">
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
      </div>
      {byDay.value?.totals.attempts === 0 ? (
        <EmptyPeriod of="own" />
      ) : (
        <>
          <DayPart fresh={byDay} />
          {byDay.value !== undefined && <EstimateNote sums={byDay.value.totals} saysUnpriced />}
          <TablePart
            title={translate("dashboard.details")}
            request={{ scope: "own", days, groupBy }}
            groupings={groupings}
            onGroup={(next) => {
              change((address) => {
                address.set("by", next);
              });
            }}
            renderName={renderName}
          />
        </>
      )}
    </>
  );
}

/** Conversations that are still there can be opened. */
function renderName({ key, label }: UsageRow, name: string, groupBy: UsageGrouping) {
  if (groupBy !== "conversation" || label === null || key === "") return name;
  return <Link href={`/c/${key}`}>{name}</Link>;
}

import type { UsageGrouping } from "@/lib/contracts/usage-reports";
import { AppError } from "../errors/app-error";
import { addDays, countDays } from "./days";

/** From which day to which, both counted. */
export type Period = { from: string; to: string };

const usualDays = 30;
const mostDays = 400;
/** By hour: a quarter of a year, which is 2,208 rows. */
const mostDaysByHour = 92;

/**
 * The days of a report: the last 30 unless said, at most 400, and 92 by hour.
 *
 * @param today the team's. @throws AppError `invalid_input` when they are none, or too many.
 */
export function settlePeriod(
  asked: { from?: string | undefined; to?: string | undefined; groupBy?: UsageGrouping },
  today: string,
): Period {
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - usualDays);
  // Beyond these a database's calendar and ours differ.
  if (from < "1970-01-01" || to > "2999-12-31") throw refuse("is a day of no report");
  if (from > to) throw refuse("comes after the last day");
  const most = asked.groupBy === "hour" ? mostDaysByHour : mostDays;
  if (countDays(from, to) > most) throw refuse(`leaves more than ${most} days`);
  return { from, to };
}

/** As many days just before. */
export function periodBefore({ from, to }: Period): Period {
  return { from: addDays(from, -countDays(from, to)), to: addDays(from, -1) };
}

const refuse = (reason: string) =>
  new AppError("invalid_input", { details: { field: "from", reason } });

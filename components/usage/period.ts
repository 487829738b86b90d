import { addDays, countDays, isDay } from "./days";

export const periodNames = ["7d", "30d", "this-month", "last-month", "own"] as const;
export type PeriodName = (typeof periodNames)[number];

export type Days = { from: string; to: string };
export type Period = { name: Exclude<PeriodName, "own"> } | ({ name: "own" } & Days);

/** As many days as a report covers at most. */
export const maxDays = 400;

export const defaultPeriod: Period = { name: "30d" };

/** The days of a period, both ends counted. @param today the day that it is in the team's zone. */
export function findDays(period: Period, today: string): Days {
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (period.name) {
    case "7d":
      return { from: addDays(today, -6), to: today };
    case "30d":
      return { from: addDays(today, -29), to: today };
    case "this-month":
      return { from: firstOfMonth, to: today };
    case "last-month": {
      const to = addDays(firstOfMonth, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    case "own":
      return { from: period.from, to: period.to };
  }
}

/** Whether a report can be about these days. */
export function areDays({ from, to }: Days): boolean {
  if (!isDay(from) || !isDay(to)) return false;
  const count = countDays(from, to);
  return count >= 1 && count <= maxDays;
}

/** The period that an address tells of; the last 30 days when it tells none. */
export function readPeriod(search: URLSearchParams): Period {
  const name = search.get("period");
  const days = { from: search.get("from") ?? "", to: search.get("to") ?? "" };
  if (name === "own") return areDays(days) ? { name, ...days } : defaultPeriod;
  const known = periodNames.find((one) => one === name);
  return known === undefined || known === "own" ? defaultPeriod : { name: known };
}

/** Writes a period into an address; the default needs no words. */
export function writePeriod(search: URLSearchParams, period: Period): void {
  for (const name of ["period", "from", "to"]) search.delete(name);
  if (period.name !== defaultPeriod.name) search.set("period", period.name);
  if (period.name === "own") {
    search.set("from", period.from);
    search.set("to", period.to);
  }
}

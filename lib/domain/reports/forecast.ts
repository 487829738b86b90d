import { currencies, type Amount } from "@/lib/contracts/usage";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { addDays, countDays, daysLeftInMonth, startOfMonth } from "./days";
import { addCosts, type Costs } from "./sums";

/** What a day cost; days without cost may be missing. */
export type DayCosts = Costs & { day: string };

const mostDays = 7;

/** From when on costs are needed for a forecast of this day's month. */
export function forecastStart(today: string): string {
  const month = startOfMonth(today);
  const week = addDays(today, -mostDays);
  return month < week ? month : week;
}

/**
 * What a month will have cost: what it did so far, and for each day after today the mean of the last
 * full days, at most seven. Without a full day nothing is added.
 *
 * @param firstDay of all that was ever booked: days before it say nothing. Null: nothing was.
 */
export function forecastMonth(
  costs: readonly DayCosts[],
  today: string,
  firstDay: string | null,
): Dashboard["forecast"] {
  const month = startOfMonth(today);
  const soFar = addCosts(costs.filter(({ day }) => day >= month && day <= today));
  const weekStart = addDays(today, -mostDays);
  const start = firstDay !== null && firstDay > weekStart ? firstDay : weekStart;
  const days = firstDay === null || start >= today ? 0 : countDays(start, today) - 1;
  const lately = addCosts(costs.filter(({ day }) => day >= start && day < today));
  return {
    month: today.slice(0, 7),
    soFar,
    expected: days === 0 ? soFar : addMeans(soFar, lately, daysLeftInMonth(today), days),
    days,
  };
}

function addMeans(soFar: Amount[], lately: Amount[], left: number, days: number): Amount[] {
  const microsOf = (amounts: Amount[], currency: string) =>
    amounts.find((amount) => amount.currency === currency)?.micros ?? 0;
  return currencies
    .filter((currency) => [...soFar, ...lately].some((amount) => amount.currency === currency))
    .map((currency) => ({
      currency,
      micros: microsOf(soFar, currency) + Math.round((microsOf(lately, currency) * left) / days),
    }));
}

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useSyncExternalStore } from "react";
import type { ErrorDetails } from "@/lib/contracts/errors";
import type { ClientErrorCode } from "./api";
import { sayBudgetAmount, type BudgetPart } from "./say-budget-amount";

/**
 * The sentence for an error code, in the user's language: what happened, what was kept, what to
 * do. `details` fill in what the sentence can name.
 */
export function useErrorSentence(): (
  code: ClientErrorCode,
  details?: ErrorDetails | null,
) => string {
  const translate = useTranslations("errors");
  const locale = useLocale();
  // The server does not know what time it is where the reader is; the browser says it a moment later.
  const nowMs = useSyncExternalStore(subscribeToNothing, readMinute, () => null);
  return useCallback(
    (code, details) => translate(code, describeDetails(details ?? {}, locale, nowMs)),
    [translate, locale, nowMs],
  );
}

const subscribeToNothing = () => () => undefined;

// The same value within a minute, so that a snapshot does not change from one look to the next.
const readMinute = () => Math.floor(Date.now() / 60_000) * 60_000;

/** The values of every sentence; `nowMs` is null where no clock may be read. */
export function describeDetails(details: ErrorDetails, locale: string, nowMs: number | null) {
  const { field, model, role, had, reason, tokens, limit, retryAfterSeconds, retryAt, budget } =
    details;
  const clock = describeClock(retryAt, locale, nowMs);
  return {
    field: textOr(field, "none"),
    model: textOr(model, "none"),
    role: textOr(role, "none"),
    had: textOr(had, "none"),
    reason: textOr(reason, "none"),
    budget: textOr(budget, "none"),
    tokens: typeof tokens === "number" ? tokens : 0,
    limit: typeof limit === "number" ? limit : 0,
    clock: clock ?? "none",
    ...describeBudget(details, locale, nowMs),
    // A wait that was told together with its end is over, or told by the clock.
    ...describeWait(typeof retryAt === "string" ? undefined : retryAfterSeconds),
  };
}

/** How a budget stands that has no room; amounts are tokens, or micro-units of a currency. */
function describeBudget(details: ErrorDetails, locale: string, nowMs: number | null) {
  const { unit, period, limit, used, held, resetsAt } = details;
  const say = (amount: number, part: BudgetPart) =>
    unit === "CNY" || unit === "USD"
      ? sayBudgetAmount({ currency: unit, micros: amount }, locale, part)
      : new Intl.NumberFormat(locale).format(amount);
  const isKnown = typeof limit === "number" && typeof used === "number" && typeof held === "number";
  return {
    unit: textOr(unit, "none"),
    period: isKnown ? textOr(period, "none") : "none",
    total: isKnown ? say(limit, "limit") : "none",
    left: isKnown ? say(Math.max(0, limit - used - held), "left") : "none",
    held: isKnown && held > 0 ? say(held, "used") : "none",
    resets: describeClock(resetsAt, locale, nowMs) ?? "none",
  };
}

/** A moment that is still to come, as a clock shows it, with the day when it is another one. */
function describeClock(at: unknown, locale: string, nowMs: number | null): string | null {
  const date = new Date(typeof at === "string" ? at : Number.NaN);
  if (nowMs === null || !(date.getTime() > nowMs)) return null;
  const isToday = date.toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { month: "short", day: "numeric" }),
    hour: "numeric",
    minute: "2-digit",
  }).format(date);
}

/** A wait as people say it: seconds up to a minute and a half, then whole minutes, rounded up. */
export function describeWait(seconds: unknown): {
  waitAmount: number;
  waitUnit: "none" | "seconds" | "minutes";
} {
  if (typeof seconds !== "number" || !(seconds > 0)) return { waitAmount: 0, waitUnit: "none" };
  if (seconds <= 90) return { waitAmount: Math.ceil(seconds), waitUnit: "seconds" };
  return { waitAmount: Math.ceil(seconds / 60), waitUnit: "minutes" };
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}

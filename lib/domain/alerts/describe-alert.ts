import type { AlertFacts, AlertKind } from "@/lib/contracts/alerts";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { Currency } from "@/lib/contracts/usage";

type BudgetFacts = Extract<AlertFacts, { kind: "budget" }>;

/** What `alerts.sentences` needs besides the facts themselves. */
type Tools = {
  locale: string;
  /** Whose page it is: their own budgets are called theirs. Null: nobody's in particular. */
  userId: string | null;
  sayTokens: (count: number) => string;
};

type Described = { key: AlertKind; values: Record<string, string | number> };

/** The sentence of an alert: its key in `alerts.sentences`, and what fills it. */
export function describeAlert(facts: AlertFacts, { locale, userId, sayTokens }: Tools): Described {
  switch (facts.kind) {
    case "budget":
      return { key: facts.kind, values: describeBudget(facts, { locale, userId, sayTokens }) };
    case "tokens_per_call":
      return {
        key: facts.kind,
        values: {
          hasUser: String(facts.userName !== null),
          user: facts.userName ?? "",
          model: facts.modelName,
          tokens: sayTokens(facts.tokens),
          threshold: facts.threshold,
        },
      };
    case "calls_per_minute":
      return {
        key: facts.kind,
        values: {
          hasUser: String(facts.userName !== null),
          user: facts.userName ?? "",
          calls: facts.calls,
          threshold: facts.threshold,
        },
      };
    case "provider_no_credit":
      return { key: facts.kind, values: { provider: facts.providerName } };
    case "provider_failing":
      return {
        key: facts.kind,
        values: {
          provider: facts.providerName,
          hasModel: String(facts.modelName !== null),
          model: facts.modelName ?? "",
          reason: nameReason(facts.errorCode),
        },
      };
  }
}

function describeBudget(facts: BudgetFacts, { locale, userId, sayTokens }: Tools) {
  const { unit, used, limit } = facts;
  const { period, date } = describeSpan(facts.span, locale);
  const say = (micros: number, currency: Currency) => formatMoney(micros, currency, locale);
  return {
    name: facts.name,
    whose: nameWhose(facts, userId),
    subject: facts.subjectName ?? "",
    level: findBudgetLevel(facts),
    percent: facts.percent,
    // The unit is said once, after the second amount.
    used: unit === "tokens" ? new Intl.NumberFormat(locale).format(used) : say(used, unit),
    limit: unit === "tokens" ? sayTokens(limit) : say(limit, unit),
    period,
    date,
  };
}

/** A hard budget is at its end already when a call did not fit into what was left of it. */
export function findBudgetLevel({
  percent,
  isHard,
  used,
  limit,
}: BudgetFacts): "low" | "soft" | "tight" | "hard" {
  if (percent < 100) return "low";
  if (!isHard) return "soft";
  return used < limit ? "tight" : "hard";
}

function nameWhose({ scope, subjectId, subjectName }: BudgetFacts, userId: string | null): string {
  const isOfUser = scope === "user" || scope === "each_user";
  if (isOfUser && subjectId === userId) return "own";
  if (subjectName === null || scope === "instance") return "none";
  if (isOfUser) return "user";
  return scope === "group" ? "group" : "key";
}

/** A budget's period, `2026-11`, `2026-11-22` or anything else for one without an end. */
function describeSpan(span: string, locale: string): { period: string; date: string } {
  const [, year = "", month = "", day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(span) ?? [];
  if (year === "") return { period: "once", date: "" };
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  const format = new Intl.DateTimeFormat(locale, {
    // The long name of a month by itself is in Chinese figures, which nobody uses with amounts.
    month: locale.startsWith("zh") ? "short" : "long",
    ...(day === undefined ? {} : { day: "numeric" }),
    timeZone: "UTC",
  });
  return { period: day === undefined ? "month" : "day", date: format.format(date) };
}

/** Cents are enough above one yuan or dollar; below, the digits that make a difference. */
function formatMoney(micros: number, currency: Currency, locale: string): string {
  const amount = micros / 1_000_000;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: Math.abs(amount) < 1 ? 6 : 2,
  }).format(amount);
}

/** Why a provider fails, as far as one can say it in a few words. */
function nameReason(code: ErrorCode | null): string {
  switch (code) {
    case "provider_key_refused":
    case "provider_forbidden":
      return "key";
    case "provider_unreachable":
    case "provider_certificate_refused":
    case "provider_redirected":
    case "provider_address_refused":
    case "connection_lost":
      return "unreachable";
    case "provider_timeout":
      return "slow";
    case "provider_rate_limited":
      return "limited";
    case "provider_failed":
      return "own";
    case null:
    default:
      return "other";
  }
}

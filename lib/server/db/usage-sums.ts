import "server-only";
import { Prisma } from "@/generated/prisma/client";

const names = [
  "calls",
  "attempts",
  "estimated",
  "unpriced",
  "input_tokens",
  "cached_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cost_micros",
  "timed",
  "first_token_ms",
  "writing_ms",
  "written_tokens",
] as const;

/** The columns of sums, as in usage_days and usage_hours. */
export const sumNames = Prisma.raw(names.join(", "));

/** The sums of rows of the ledger, in the order of sumNames; `of` is the alias of the rows. */
export const sumsOf = (of: "w" | "u") => {
  // What takes an earlier entry back counts backwards; its tokens and its cost do so themselves.
  const sign = `CASE WHEN ${of}.revision = 1 THEN -1 ELSE 1 END`;
  const count = (condition: string) => `coalesce(sum(${sign}) FILTER (WHERE ${condition}), 0)`;
  const sum = (value: string) => `coalesce(sum((${sign}) * ${value}), 0)`;
  const isTimed = `${of}.first_token_ms IS NOT NULL`;
  return Prisma.raw(
    [
      // Where it was answered. Entries of an older version do not say: there where it began.
      count(`coalesce(${of}.is_last, ${of}.number = 1)`),
      count("true"),
      count(`${of}.source = 'estimated'`),
      count(`${of}.source IS NOT NULL AND ${of}.cost_micros IS NULL`),
      `sum(${of}.input_tokens)`,
      `sum(${of}.cached_tokens)`,
      `sum(${of}.output_tokens)`,
      `sum(${of}.reasoning_tokens)`,
      `coalesce(sum(${of}.cost_micros), 0)`,
      count(isTimed),
      sum(`${of}.first_token_ms`),
      sum(`greatest(0, ${of}.duration_ms - ${of}.first_token_ms)`),
      `coalesce(sum(${of}.output_tokens) FILTER (WHERE ${isTimed}), 0)`,
    ].join(", "),
  );
};

/** Adds sums to those of a row that is there already. */
export const sumsToAdd = (table: "usage_days" | "usage_hours") =>
  Prisma.raw(names.map((name) => `${name} = ${table}.${name} + EXCLUDED.${name}`).join(", "));

/** The time zone of the team; see timeZone in lib/contracts/settings.ts. */
export const teamZone = Prisma.sql`
  coalesce((SELECT value #>> '{}' FROM settings WHERE key = 'timeZone'), 'UTC')`;

/** The team's day that a moment falls into. */
export const teamDay = (moment: Prisma.Sql) =>
  Prisma.sql`(${moment} AT TIME ZONE ${teamZone})::date`;

import "server-only";
import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import { budgetUnits } from "@/lib/contracts/budgets";
import {
  priceEntrySchema,
  type PriceAmounts,
  type PriceCreate,
  type PriceEntry,
} from "@/lib/contracts/prices";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { unknownPrice } from "./price-at";
import { requireAdmin } from "./require-admin";

/** All versions of a model's price, the newest first. @throws AppError `not_found`. */
export async function findPriceVersions(actor: Actor, modelId: string): Promise<PriceEntry[]> {
  requireAdmin(actor);
  const versions = (await readVersions([modelId])).get(modelId) ?? [];
  if (versions.length === 0) await requireModelRow(db(), modelId);
  return versions;
}

/** What a model costs now, and the next version that is set already; null: unknown, none. */
export type PriceNow = { current: PriceEntry | null; next: PriceEntry | null };

/** The prices of models by their id. */
export async function findPricesNow(
  actor: Actor,
  modelIds: readonly string[],
): Promise<Map<string, PriceNow>> {
  requireAdmin(actor);
  const all = await readVersions(modelIds);
  return new Map(
    [...all].map(([modelId, versions]) => {
      const current = versions.find(({ state }) => state === "current");
      return [
        modelId,
        {
          current: current === undefined || current.amounts === null ? null : current,
          next: versions.findLast(({ state }) => state === "future") ?? null,
        },
      ];
    }),
  );
}

/**
 * Adds a version: from now on by the database's clock, or from the midnight of a day to come in
 * the team's time zone. One that was to begin at the same moment is replaced; no other changes.
 *
 * @throws AppError `not_found`, `invalid_input` for a day that has begun.
 */
export async function createPriceVersion(
  actor: Actor,
  price: PriceCreate,
  timeZone: string,
): Promise<PriceEntry[]> {
  requireAdmin(actor);
  const { modelId, source, validFrom } = price;
  await db().$transaction(async (tx) => {
    await requireModelRow(tx, modelId);
    const amounts = price.currency === null ? null : toAmounts(price);
    await insertPrice(tx, modelId, amounts, {
      source: source ?? null,
      ...(validFrom == null ? {} : { from: { day: validFrom, timeZone } }),
    });
  });
  return findPriceVersions(actor, modelId);
}

/**
 * Takes a version back that is not valid yet: nothing was ever counted by it.
 *
 * @throws AppError `not_found`, `conflict` once it is valid.
 */
export async function withdrawPriceVersion(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const count = await db().$executeRaw`DELETE FROM prices WHERE id = ${id} AND valid_from > now()`;
  if (count > 0) return;
  const row = await db().price.findUnique({ where: { id }, select: { id: true } });
  throw new AppError(row === null ? "not_found" : "conflict");
}

/** Budgets in money, which need to know what a model costs. */
export async function findMoneyBudgets(actor: Actor) {
  requireAdmin(actor);
  const rows = await db().budget.findMany({
    where: { unit: { not: "tokens" }, isHard: true, isEnabled: true, allowsUnpriced: false },
    select: { name: true, unit: true, isHard: true, isEnabled: true, allowsUnpriced: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, unit: z.enum(budgetUnits).parse(row.unit) }));
}

type Origin = {
  source: string | null;
  /** Left out: from now on. */
  from?: { day: string; timeZone: string };
};

/**
 * A price is never changed, only followed by another; null is one that nobody knows.
 *
 * @throws AppError `invalid_input` for a day that has begun.
 */
export async function insertPrice(
  tx: Prisma.TransactionClient,
  modelId: string,
  amounts: PriceAmounts | null,
  { source, from }: Origin = { source: null },
): Promise<void> {
  const { currency, inputMicros, cachedInputMicros, outputMicros, reasoningMicros } = amounts ?? {
    currency: unknownPrice,
    inputMicros: 0,
    cachedInputMicros: null,
    outputMicros: 0,
    reasoningMicros: null,
  };
  // Now is cut to milliseconds, as the column keeps them: rounded up it would not be valid yet.
  const moment =
    from === undefined
      ? Prisma.sql`date_trunc('milliseconds', clock_timestamp())`
      : Prisma.sql`${from.day}::date::timestamp AT TIME ZONE ${from.timeZone}`;
  const count = await tx.$executeRaw`
    WITH moment AS MATERIALIZED (SELECT ${moment} AS at),
    replaced AS (
      DELETE FROM prices USING moment
      WHERE model_id = ${modelId} AND valid_from = moment.at AND valid_from > clock_timestamp()
    )
    INSERT INTO prices (id, model_id, currency, input_micros, cached_input_micros, output_micros,
      reasoning_micros, source, valid_from)
    SELECT ${newId()}, ${modelId}, ${currency}, ${inputMicros}::bigint,
      ${cachedInputMicros}::bigint, ${outputMicros}::bigint, ${reasoningMicros}::bigint,
      ${source}, moment.at
    FROM moment WHERE ${from === undefined} OR moment.at > clock_timestamp()`;
  if (count === 0)
    throw new AppError("invalid_input", {
      details: { field: "validFrom", reason: "the day has begun" },
    });
}

function toAmounts(price: Extract<PriceCreate, { inputMicros: number }>): PriceAmounts {
  const { currency, inputMicros, cachedInputMicros, outputMicros, reasoningMicros } = price;
  return {
    currency,
    inputMicros,
    cachedInputMicros: cachedInputMicros ?? null,
    outputMicros,
    reasoningMicros: reasoningMicros ?? null,
  };
}

/** Versions by model, the newest first; one that was overtaken in its own millisecond never held. */
async function readVersions(modelIds: readonly string[]): Promise<Map<string, PriceEntry[]>> {
  const rows = await db().$queryRaw<{ model_id: string; entry: unknown }[]>`
    SELECT model_id, json_build_object('id', id, 'source', source, 'validFrom', valid_from,
      'validUntil', valid_until,
      'state', CASE WHEN valid_from > now() THEN 'future'
        WHEN valid_until IS NULL OR valid_until > now() THEN 'current' ELSE 'past' END,
      'amounts', CASE WHEN currency <> ${unknownPrice} THEN json_build_object(
        'currency', currency, 'inputMicros', input_micros,
        'cachedInputMicros', cached_input_micros, 'outputMicros', output_micros,
        'reasoningMicros', reasoning_micros) END) AS entry
    FROM (SELECT *, lead(valid_from) OVER (PARTITION BY model_id ORDER BY valid_from, id)
        AS valid_until
      FROM prices WHERE model_id = ANY(${[...modelIds]}::text[])) version
    WHERE valid_until IS NULL OR valid_until > valid_from
    ORDER BY model_id, valid_from DESC`;
  const byModel = new Map<string, PriceEntry[]>();
  for (const { model_id: modelId, entry } of rows) {
    const entries = byModel.get(modelId) ?? [];
    entries.push(priceEntrySchema.parse(entry));
    byModel.set(modelId, entries);
  }
  return byModel;
}

async function requireModelRow(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const row = await tx.model.findUnique({ where: { id }, select: { id: true } });
  if (row === null) throw new AppError("not_found");
}

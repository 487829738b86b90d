import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { calibrationSchema } from "@/lib/contracts/calibration";
import { capabilityCardSchema, emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import { diagnosisSchema, type Diagnosis } from "@/lib/contracts/diagnosis";
import type { Model, ModelOption, ModelPatch, ModelPrice } from "@/lib/contracts/providers";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { fillLimits } from "@/lib/domain/dialects/fill-limits";
import { bestVerdict } from "@/lib/domain/cards/best-verdict";
import { describeThinking } from "@/lib/domain/dialects/describe-thinking";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { AppError } from "@/lib/domain/errors/app-error";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import { db } from "./client";
import { insertModels, lockOffer, settleOffer, type NewModel } from "./default-alias";
import { unknownPrice } from "./price-at";
import { insertPrice } from "./prices";
import { readKind } from "./read-kind";
import { requireAdmin } from "./require-admin";

/**
 * What a member may pick: the default first, then in the order of the list, the demo last. An alias
 * whose models all need a key that the member does not have is listed too, and says so.
 */
export async function findModelOptions(actor: Actor): Promise<ModelOption[]> {
  const onOffer = { isEnabled: true, provider: { isEnabled: true } };
  const rows = await db().alias.findMany({
    where: { isEnabled: true, targets: { some: { model: onOffer } } },
    include: {
      targets: {
        where: { model: onOffer },
        orderBy: { position: "asc" },
        include: {
          model: {
            include: {
              provider: {
                include: {
                  keys: {
                    where: { isEnabled: true, OR: [{ userId: null }, { userId: actor.userId }] },
                    select: { userId: true },
                  },
                },
              },
            },
          },
        },
      },
    },
    orderBy: [{ isDefault: "desc" }, { position: "asc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  const prices = await findPrices(rows.flatMap(({ targets }) => targets[0]?.modelId ?? []));
  const isLast = (option: ModelOption) => Number(option.isDemo && !option.isDefault);
  return rows
    .flatMap((row) => toOption(row, prices) ?? [])
    .toSorted((one, other) => isLast(one) - isLast(other));
}

/** What models cost now, by their id; those of unknown price are missing. */
export async function findPrices(modelIds: readonly string[]): Promise<Map<string, ModelPrice>> {
  if (modelIds.length === 0) return new Map();
  const rows = await db().$queryRaw<
    { model_id: string; currency: string; input_micros: bigint; output_micros: bigint }[]
  >`
    SELECT DISTINCT ON (model_id) model_id, currency, input_micros, output_micros
    FROM prices WHERE model_id = ANY(${[...modelIds]}::text[]) AND valid_from <= now()
    ORDER BY model_id, valid_from DESC, id DESC`;
  return new Map(
    rows
      .filter(({ currency }) => currency !== unknownPrice)
      .map((row) => [
        row.model_id,
        {
          currency: row.currency === "CNY" ? "CNY" : "USD",
          inputMicros: Number(row.input_micros),
          outputMicros: Number(row.output_micros),
        },
      ]),
  );
}

/** Whether any model was ever chosen: the last question of the set-up. */
export async function hasModels(_system: SystemActor): Promise<boolean> {
  return (await db().model.findFirst({ select: { id: true } })) !== null;
}

/** Every model of the instance, for its admins. */
export async function findModels(actor: Actor): Promise<Model[]> {
  requireAdmin(actor);
  const rows = await db().model.findMany({
    include: withProvider,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const prices = await findPrices(rows.map(({ id }) => id));
  return rows.map((row) => toModel(row, prices.get(row.id) ?? null));
}

/** @throws AppError `not_found`. */
export async function requireModel(actor: Actor, id: string): Promise<Model> {
  requireAdmin(actor);
  const row = await db().model.findUnique({ where: { id }, include: withProvider });
  if (row === null) throw new AppError("not_found");
  return toModel(row, (await findPrices([id])).get(id) ?? null);
}

/**
 * Adds one more model of a provider, with an alias of its own.
 * @throws AppError `not_found` without the provider, `conflict` when it is there already.
 */
export async function createModel(
  actor: Actor,
  providerId: string,
  model: NewModel,
): Promise<Model> {
  requireAdmin(actor);
  const id = await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const provider = await tx.provider.findUnique({ where: { id: providerId } });
    if (provider === null) throw new AppError("not_found");
    const where = { providerId_name: { providerId, name: model.name } };
    if ((await tx.model.findUnique({ where })) !== null)
      throw new AppError("conflict", { details: { field: "name" } });
    await insertModels(tx, provider, [model]);
    await settleOffer(tx);
    return (await tx.model.findUniqueOrThrow({ where, select: { id: true } })).id;
  });
  return requireModel(actor, id);
}

/**
 * Adds models of a provider, each with an alias of its own; those that are there already stay as
 * they are. @returns all that were named, in that order. @throws AppError `not_found`.
 */
export async function createModels(
  actor: Actor,
  providerId: string,
  models: readonly NewModel[],
): Promise<Model[]> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const provider = await tx.provider.findUnique({ where: { id: providerId } });
    if (provider === null) throw new AppError("not_found");
    await insertModels(tx, provider, models);
    await settleOffer(tx);
  });
  const names = [...new Set(models.map(({ name }) => name))];
  const rows = await db().model.findMany({
    where: { providerId, name: { in: names } },
    include: withProvider,
  });
  const prices = await findPrices(rows.map(({ id }) => id));
  return rows
    .toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
    .map((row) => toModel(row, prices.get(row.id) ?? null));
}

/** What can be stored of a model; the card is whole. */
export type ModelChange = Omit<ModelPatch, "card"> & {
  card?: CapabilityCard;
  diagnosis?: Diagnosis;
};

/**
 * Changes a model. A new label goes on to its own alias as long as that still has the old one.
 *
 * @throws AppError `not_found`.
 */
export async function updateModel(actor: Actor, id: string, change: ModelChange): Promise<Model> {
  requireAdmin(actor);
  const { price, label, card, diagnosis, ...columns } = change;
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const before = await tx.model.findUnique({ where: { id } });
    if (before === null) throw new AppError("not_found");
    await tx.model.update({
      where: { id },
      data: {
        ...dropUndefined(columns),
        ...(label === undefined ? {} : { label }),
        ...(card === undefined ? {} : { card: card }),
        ...(diagnosis === undefined ? {} : { diagnosis: diagnosis }),
      },
    });
    if (label !== undefined && (await tx.alias.findUnique({ where: { name: label } })) === null)
      await tx.alias.updateMany({ where: { id, name: before.label }, data: { name: label } });
    if (price !== undefined)
      await insertPrice(
        tx,
        id,
        price === null ? null : { ...price, cachedInputMicros: null, reasoningMicros: null },
      );
    await settleOffer(tx);
  });
  return requireModel(actor, id);
}

/** Takes a model away. Conversations keep their text. @throws AppError `not_found`. */
export async function deleteModel(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const { count } = await tx.model.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("not_found");
    await settleOffer(tx);
  });
}

const withProvider = { provider: { select: { name: true, kind: true } } } as const;

type ModelRow = Prisma.ModelGetPayload<{ include: typeof withProvider }>;

type OptionRow = Prisma.AliasGetPayload<{
  include: {
    targets: {
      include: {
        model: { include: { provider: { include: { keys: { select: { userId: true } } } } } };
      };
    };
  };
}>;

function toOption(row: OptionRow, prices: Map<string, ModelPrice>): ModelOption | null {
  const [first] = row.targets;
  if (first === undefined) return null;
  const { model } = first;
  const kind = readKind(model.provider.kind);
  const card = settleCard(kind, model.name, readCard(model.card));
  const { contextWindow, maxOutputTokens } = fillLimits(kind, model);
  return {
    id: row.id,
    label: row.name,
    description: row.description,
    providerName: model.provider.name,
    modelLabel: model.label,
    targetCount: row.targets.length,
    isDefault: row.isDefault,
    isDemo: model.provider.kind === "demo",
    contextWindow,
    maxOutputTokens,
    capabilities: { ...card.capabilities, vision: bestVerdict(row.targets.map(readVision)) },
    parameters: card.parameters,
    reasoningEfforts: card.reasoningEfforts,
    thinking: describeThinking(kind, model.name, card),
    price: prices.get(model.id) ?? null,
    needsOwnKey: row.targets.every(
      ({ model: { provider } }) =>
        provider.allowsMemberKeys &&
        provider.keys.length === 0 &&
        provider.source !== "environment",
    ),
  };
}

const readVision = ({ model }: OptionRow["targets"][number]) =>
  settleCard(readKind(model.provider.kind), model.name, readCard(model.card)).capabilities.vision;

function toModel(row: ModelRow, price: ModelPrice | null): Model {
  const { provider, card, diagnosis, calibration, createdAt: _, updatedAt: __, ...columns } = row;
  return {
    ...columns,
    providerName: provider.name,
    isDemo: provider.kind === "demo",
    card: readCard(card),
    price,
    diagnosis: diagnosisSchema.nullable().catch(null).parse(diagnosis),
    counting: describeCounting(row.name, calibration),
  };
}

function describeCounting(modelName: string, stored: unknown): Model["counting"] {
  const calibration = calibrationSchema.catch(plainCalibration).parse(stored);
  const { reports, window } = calibration;
  return { surety: makeRuler(modelName, calibration).surety, reports, window };
}

/** A stored card; one that cannot be read is as good as none. */
export function readCard(stored: unknown): CapabilityCard {
  return capabilityCardSchema.catch(emptyCard).parse(stored);
}

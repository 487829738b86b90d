import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { errorCodeSchema } from "@/lib/contracts/errors";
import {
  providerCallSettingsSchema,
  type Provider,
  type ProviderKeyInfo,
} from "@/lib/contracts/providers";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { insertModels, lockOffer, settleOffer, type NewModel } from "./default-alias";
import { readKind } from "./read-kind";
import { requireAdmin } from "./require-admin";

/** A provider as it is stored, its keys without what they seal. */
export type ProviderRow = Omit<Provider, "hasKey">;

export type NewProvider = Pick<
  ProviderRow,
  "id" | "name" | "kind" | "baseUrl" | "apiVersion" | "source"
> & { key: NewKey | null; models: NewModel[] };

/** A key, sealed for the row of this id. */
export type NewKey = { id: string; label: string; encryptedKey: string };

const demoModel = "parley-demo";

/** Every provider, oldest first. */
export async function findProviders(actor: Actor | SystemActor): Promise<ProviderRow[]> {
  requireAdmin(actor);
  const rows = await db().provider.findMany({
    include: withKeys,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toRow);
}

/** @throws AppError `not_found`. */
export async function requireProvider(actor: Actor, id: string): Promise<ProviderRow> {
  requireAdmin(actor);
  const row = await db().provider.findUnique({ where: { id }, include: withKeys });
  if (row === null) throw new AppError("not_found");
  return toRow(row);
}

/**
 * Stores a provider with the models to offer. Its first model becomes the default when there was
 * none, or only the demo's.
 */
export async function insertProvider(
  actor: Actor | SystemActor,
  { models, key, ...provider }: NewProvider,
): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockOffer(tx);
    const row = await tx.provider.create({
      data: { ...provider, ...(key === null ? {} : { keys: { create: key } }) },
      include: withKeys,
    });
    await insertModels(tx, provider, models);
    if (provider.kind !== "demo") {
      await tx.alias.updateMany({
        where: {
          isDefault: true,
          targets: { every: { model: { provider: { kind: "demo" } } } },
        },
        data: { isDefault: false },
      });
    }
    await settleOffer(tx);
    return toRow(row);
  });
}

export type ProviderChange = Partial<
  Pick<
    ProviderRow,
    "name" | "baseUrl" | "apiVersion" | "isEnabled" | "allowsMemberKeys" | "callSettings"
  >
> & {
  /** In place of all keys of the instance; null: none any more. */
  key?: NewKey | null;
};

/**
 * Changes a provider, as long as it still points where the caller saw it point: otherwise a key
 * meant for one address could end up with another.
 *
 * @throws AppError `conflict` when the base URL changed in the meantime, or the row is gone.
 */
export async function updateProvider(
  actor: Actor | SystemActor,
  seen: Pick<ProviderRow, "id" | "baseUrl">,
  { key, ...change }: ProviderChange,
): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockOffer(tx);
    const { count } = await tx.provider.updateMany({
      where: { id: seen.id, baseUrl: seen.baseUrl },
      // Never without a column: an update of nothing finds nothing, also where only the key changes.
      data: { ...change, updatedAt: new Date() },
    });
    if (count === 0) throw new AppError("conflict", { details: { field: "baseUrl" } });
    const isMoved = change.baseUrl !== undefined && change.baseUrl !== seen.baseUrl;
    if (key !== undefined)
      await tx.providerKey.deleteMany({ where: { providerId: seen.id, userId: null } });
    // Members gave theirs to the old address.
    if (isMoved && new URL(change.baseUrl ?? "").origin !== new URL(seen.baseUrl).origin)
      await tx.providerKey.deleteMany({ where: { providerId: seen.id, userId: { not: null } } });
    if (key) await tx.providerKey.create({ data: { ...key, providerId: seen.id } });
    await settleOffer(tx);
    return toRow(
      await tx.provider.findUniqueOrThrow({ where: { id: seen.id }, include: withKeys }),
    );
  });
}

/** Takes a provider and its models away; conversations keep their text. @throws AppError `not_found`. */
export async function deleteProvider(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const { count } = await tx.provider.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("not_found");
    await settleOffer(tx);
  });
}

/** Offers the demo's model at a provider of its own, made on first use. */
export async function offerDemo(actor: Actor): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockOffer(tx);
    const known = await tx.provider.findFirst({ where: { kind: "demo" }, select: { id: true } });
    const id = known?.id ?? newId();
    const row = await tx.provider.upsert({
      where: { id },
      create: { id, kind: "demo", source: "demo", name: "Parley", baseUrl: "demo:" },
      update: { isEnabled: true },
      include: withKeys,
    });
    await insertModels(tx, row, [{ ...bareModel(demoModel), label: "Parley Demo" }]);
    await tx.model.updateMany({ where: { providerId: id }, data: { isEnabled: true } });
    await settleOffer(tx);
    return toRow(row);
  });
}

export type EnvironmentChange = {
  provider: Pick<ProviderRow, "name" | "kind" | "baseUrl" | "apiVersion">;
  /** Models that the environment names now and did not name before: to be offered. */
  added: NewModel[];
  /** Models that it named before and names no more: to be hidden. */
  removed: string[];
  /** The model that it names first, when that has changed. */
  newDefault: string | null;
};

/**
 * Brings a provider of the environment in step with it; null disables the provider.
 *
 * @param slot which of the two: AZURE_OPENAI_* gives the one of kind `azure`
 */
export async function writeEnvironmentProvider(
  _system: SystemActor,
  slot: "openai" | "azure",
  change: EnvironmentChange | null,
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const kind = slot === "azure" ? "azure" : { not: "azure" };
    const where = { source: "environment", kind };
    if (change === null) {
      await tx.provider.updateMany({ where, data: { isEnabled: false } });
    } else {
      const known = await tx.provider.findFirst({ where, select: { id: true } });
      const providerId = known?.id ?? newId();
      const data = { ...change.provider, isEnabled: true };
      await tx.provider.upsert({
        where: { id: providerId },
        create: { id: providerId, source: "environment", ...data },
        update: data,
      });
      await insertModels(tx, { id: providerId, name: change.provider.name }, change.added);
      const named = (names: string[]) => ({ providerId, name: { in: names } });
      const added = change.added.map(({ name }) => name);
      await tx.model.updateMany({ where: named(added), data: { isEnabled: true } });
      await tx.model.updateMany({ where: named(change.removed), data: { isEnabled: false } });
      if (change.newDefault !== null) await makeDefault(tx, named([change.newDefault]));
    }
    await settleOffer(tx);
  });
}

/** Makes a model's own alias the default, and offers it. */
async function makeDefault(tx: Prisma.TransactionClient, where: Prisma.ModelWhereInput) {
  const model = await tx.model.findFirst({ where, select: { id: true } });
  if (model === null) return;
  await tx.model.update({ where: { id: model.id }, data: { isEnabled: true } });
  await tx.alias.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
  await tx.alias.updateMany({
    where: { id: model.id },
    data: { isDefault: true, isEnabled: true },
  });
}

/** A model of which no more than its id is known. */
const bareModel = (name: string): NewModel => ({
  name,
  label: name,
  contextWindow: null,
  maxOutputTokens: null,
  card: {},
});

const withKeys = {
  keys: { where: { userId: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
} satisfies Prisma.ProviderInclude;

type Stored = Prisma.ProviderGetPayload<{ include: typeof withKeys }>;

function toRow(row: Stored): ProviderRow {
  const { createdAt: _, updatedAt: __, kind, source, callSettings, keys, ...columns } = row;
  return {
    ...columns,
    kind: readKind(kind),
    source: source as ProviderRow["source"],
    callSettings: providerCallSettingsSchema.catch({}).parse(callSettings),
    keys: keys.map(toKeyInfo),
  };
}

type StoredKey = Stored["keys"][number];

/** One that is the last in use is noted as set aside for no time at all. */
function findStanding({ asideCode, asideAt, asideUntil }: StoredKey): ProviderKeyInfo["standing"] {
  if (asideCode === null) return "in_use";
  if (asideUntil !== null && asideUntil.getTime() === asideAt?.getTime()) return "refused";
  return asideUntil === null || asideUntil.getTime() > Date.now() ? "aside" : "in_use";
}

/** A key as its owner may see it. */
export function toKeyInfo(key: StoredKey): ProviderKeyInfo {
  return {
    id: key.id,
    label: key.label,
    isEnabled: key.isEnabled,
    standing: findStanding(key),
    asideCode: errorCodeSchema.nullable().catch("internal").parse(key.asideCode),
    asideAt: key.asideAt?.toISOString() ?? null,
    asideUntil: key.asideUntil?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
  };
}

import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { Provider, ProviderKind } from "@/lib/contracts/providers";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { lockDefaultModel, settleDefaultModel } from "./default-model";
import { requireAdmin } from "./require-admin";

/** A provider with its sealed key. Stays on the server. */
export type ProviderRow = Omit<Provider, "hasKey"> & { encryptedKey: string | null };

export type NewProvider = Pick<
  ProviderRow,
  "id" | "name" | "kind" | "baseUrl" | "encryptedKey" | "source"
> & { models: string[] };

const demoModel = "parley-demo";

/** Every provider, oldest first. */
export async function findProviders(actor: Actor | SystemActor): Promise<ProviderRow[]> {
  requireAdmin(actor);
  const rows = await db().provider.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(toRow);
}

/** @throws AppError `not_found`. */
export async function requireProvider(actor: Actor, id: string): Promise<ProviderRow> {
  requireAdmin(actor);
  const row = await db().provider.findUnique({ where: { id } });
  if (row === null) throw new AppError("not_found");
  return toRow(row);
}

/**
 * Stores a provider with the models to offer. Its first model becomes the default when there was
 * none, or only the demo's.
 */
export async function insertProvider(
  actor: Actor | SystemActor,
  { models, ...provider }: NewProvider,
): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const row = await tx.provider.create({ data: provider });
    await insertModels(tx, provider.id, models);
    if (provider.kind !== "demo") {
      await tx.model.updateMany({
        where: { isDefault: true, provider: { kind: "demo" } },
        data: { isDefault: false },
      });
    }
    await settleDefaultModel(tx);
    return toRow(row);
  });
}

export type ProviderChange = Partial<
  Pick<ProviderRow, "name" | "baseUrl" | "encryptedKey" | "isEnabled">
>;

/**
 * Changes a provider, as long as it still points where the caller saw it point: otherwise a key
 * meant for one address could end up with another.
 *
 * @throws AppError `conflict` when the base URL changed in the meantime, or the row is gone.
 */
export async function updateProvider(
  actor: Actor | SystemActor,
  seen: Pick<ProviderRow, "id" | "baseUrl">,
  change: ProviderChange,
): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const { count } = await tx.provider.updateMany({
      where: { id: seen.id, baseUrl: seen.baseUrl },
      data: change,
    });
    if (count === 0) throw new AppError("conflict", { details: { field: "baseUrl" } });
    await settleDefaultModel(tx);
    return toRow(await tx.provider.findUniqueOrThrow({ where: { id: seen.id } }));
  });
}

/** Takes a provider and its models away; conversations keep their text. @throws AppError `not_found`. */
export async function deleteProvider(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const { count } = await tx.provider.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("not_found");
    await settleDefaultModel(tx);
  });
}

/** Offers the demo's model at a provider of its own, made on first use. */
export async function offerDemo(actor: Actor): Promise<ProviderRow> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const known = await tx.provider.findFirst({ where: { kind: "demo" }, select: { id: true } });
    const id = known?.id ?? newId();
    const row = await tx.provider.upsert({
      where: { id },
      create: { id, kind: "demo", source: "demo", name: "Parley", baseUrl: "demo:" },
      update: { isEnabled: true },
    });
    await tx.model.upsert({
      where: { providerId_name: { providerId: id, name: demoModel } },
      create: { id: newId(), providerId: id, name: demoModel, label: "Parley Demo" },
      update: { isEnabled: true },
    });
    await settleDefaultModel(tx);
    return toRow(row);
  });
}

export type EnvironmentChange = {
  provider: Pick<ProviderRow, "name" | "kind" | "baseUrl">;
  /** Models that OPENAI_MODEL names now and did not name before: to be offered. */
  added: string[];
  /** Models that it named before and names no more: to be hidden. */
  removed: string[];
  /** The model that it names first, when that has changed. */
  newDefault: string | null;
};

/** Brings the provider of the environment in step with it; null disables the provider. */
export async function writeEnvironmentProvider(
  _system: SystemActor,
  change: EnvironmentChange | null,
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const where = { source: "environment" };
    if (change === null) {
      await tx.provider.updateMany({ where, data: { isEnabled: false } });
    } else {
      const known = await tx.provider.findFirst({ where, select: { id: true } });
      const providerId = known?.id ?? newId();
      const data = { ...change.provider, isEnabled: true, encryptedKey: null };
      await tx.provider.upsert({
        where: { id: providerId },
        create: { id: providerId, source: "environment", ...data },
        update: data,
      });
      await insertModels(tx, providerId, change.added);
      const named = (names: string[]) => ({ providerId, name: { in: names } });
      await tx.model.updateMany({ where: named(change.added), data: { isEnabled: true } });
      await tx.model.updateMany({ where: named(change.removed), data: { isEnabled: false } });
      if (change.newDefault !== null) {
        await tx.model.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
        await tx.model.updateMany({
          where: named([change.newDefault]),
          data: { isDefault: true, isEnabled: true },
        });
      }
    }
    await settleDefaultModel(tx);
  });
}

async function insertModels(tx: Prisma.TransactionClient, providerId: string, names: string[]) {
  const unique = [...new Set(names)];
  await tx.model.createMany({
    data: unique.map((name) => ({ id: newId(), providerId, name, label: name })),
    skipDuplicates: true,
  });
}

type Stored = Prisma.ProviderGetPayload<object>;

function toRow({ createdAt: _, updatedAt: __, kind, source, ...row }: Stored): ProviderRow {
  return { ...row, kind: kind as ProviderKind, source: source as ProviderRow["source"] };
}

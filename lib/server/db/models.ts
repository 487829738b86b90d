import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Model, ModelOption, ModelPatch, ProviderKind } from "@/lib/contracts/providers";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { lockDefaultModel, settleDefaultModel } from "./default-model";
import { requireAdmin } from "./require-admin";

/** A model with what is needed to call it. Stays on the server. */
export type ResolvedModel = {
  id: string;
  /** The id at the provider. */
  name: string;
  label: string;
  contextWindow: number | null;
  provider: {
    id: string;
    kind: ProviderKind;
    name: string;
    baseUrl: string;
    /** Only readProviderKey() turns this into a key. */
    encryptedKey: string | null;
    source: "admin" | "environment" | "demo";
  };
};

type ResolvedRow = Omit<ResolvedModel, "provider"> & {
  providerId: string;
  kind: ProviderKind;
  providerName: string;
  baseUrl: string;
  encryptedKey: string | null;
  source: ResolvedModel["provider"]["source"];
};

const resolvedColumns = Prisma.sql`
  m.id, m.name, m.label, m.context_window AS "contextWindow", p.id AS "providerId", p.kind,
  p.name AS "providerName", p.base_url AS "baseUrl", p.encrypted_key AS "encryptedKey", p.source`;

function toResolved(row: ResolvedRow): ResolvedModel {
  const { providerId, kind, providerName, baseUrl, encryptedKey, source, ...model } = row;
  return {
    ...model,
    provider: { id: providerId, kind, name: providerName, baseUrl, encryptedKey, source },
  };
}

/**
 * The model to call, in one query: the one asked for, or without one the conversation's, or the
 * default where that is gone. Only enabled models at enabled providers count; null when the one
 * asked for, or any, is not on offer.
 */
export async function resolveModel(
  actor: Actor,
  asked: string | null,
  conversationId: string | null = null,
): Promise<ResolvedModel | null> {
  const [row] = await db().$queryRaw<ResolvedRow[]>`
    SELECT ${resolvedColumns}
    FROM models m JOIN providers p ON p.id = m.provider_id
    WHERE m.is_enabled AND p.is_enabled AND (${asked}::text IS NULL OR m.id = ${asked})
    ORDER BY m.id IS NOT DISTINCT FROM (
        SELECT c.model_id FROM conversations c
        WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId}) DESC,
      m.is_default DESC, m.created_at, m.id
    LIMIT 1`;
  return row === undefined ? null : toResolved(row);
}

/** The models that a member may pick: the default first, by provider, the demo last. */
export async function findModelOptions(_actor: Actor): Promise<ModelOption[]> {
  const rows = await db().model.findMany({
    where: { isEnabled: true, provider: { isEnabled: true } },
    include: { provider: { select: { name: true, kind: true } } },
    orderBy: [
      { isDefault: "desc" },
      { provider: { createdAt: "asc" } },
      { createdAt: "asc" },
      { id: "asc" },
    ],
  });
  const isLast = (model: ModelOption) => Number(model.isDemo && !model.isDefault);
  return rows.map(toOption).toSorted((one, other) => isLast(one) - isLast(other));
}

/** Whether any model was ever chosen: the last question of the set-up. */
export async function hasModels(_system: SystemActor): Promise<boolean> {
  return (await db().model.findFirst({ select: { id: true } })) !== null;
}

/** Every model of the instance, for its admins. */
export async function findModels(actor: Actor): Promise<Model[]> {
  requireAdmin(actor);
  const rows = await db().model.findMany({
    include: { provider: { select: { name: true, kind: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toModel);
}

/**
 * Offers one more model of a provider.
 * @throws AppError `not_found` without the provider, `conflict` when it is there already.
 */
export async function createModel(
  actor: Actor,
  { providerId, name }: { providerId: string; name: string },
): Promise<Model> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    if ((await tx.provider.findUnique({ where: { id: providerId } })) === null)
      throw new AppError("not_found");
    const { count } = await tx.model.createMany({
      data: [{ id: newId(), providerId, name, label: name }],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError("conflict", { details: { field: "name" } });
    await settleDefaultModel(tx);
    return toModel(
      await tx.model.findUniqueOrThrow({
        where: { providerId_name: { providerId, name } },
        include: { provider: { select: { name: true, kind: true } } },
      }),
    );
  });
}

/**
 * Changes a model. There is exactly one default while any model is on offer: choosing one takes it
 * from the other, and hiding it passes it on to the oldest that is left.
 *
 * @throws AppError `not_found`; `conflict` when a model that is not on offer is to be the default.
 */
export async function updateModel(actor: Actor, id: string, patch: ModelPatch): Promise<Model> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const before = await tx.model.findUnique({ where: { id }, include: { provider: true } });
    if (before === null) throw new AppError("not_found");
    const isOffered = (patch.isEnabled ?? before.isEnabled) && before.provider.isEnabled;
    if (patch.isDefault === true) {
      if (!isOffered) throw new AppError("conflict", { details: { field: "isDefault" } });
      await tx.model.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
    }
    await tx.model.update({
      where: { id },
      data: {
        ...(patch.label === undefined ? {} : { label: patch.label }),
        ...(patch.contextWindow === undefined ? {} : { contextWindow: patch.contextWindow }),
        ...(patch.isEnabled === undefined ? {} : { isEnabled: patch.isEnabled }),
        ...(patch.isDefault === undefined ? {} : { isDefault: true }),
      },
    });
    await settleDefaultModel(tx);
    return toModel(
      await tx.model.findUniqueOrThrow({
        where: { id },
        include: { provider: { select: { name: true, kind: true } } },
      }),
    );
  });
}

/** Takes a model away. Conversations keep their text. @throws AppError `not_found`. */
export async function deleteModel(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockDefaultModel(tx);
    const { count } = await tx.model.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("not_found");
    await settleDefaultModel(tx);
  });
}

type ModelRow = Prisma.ModelGetPayload<{
  include: { provider: { select: { name: true; kind: true } } };
}>;

function toOption({ id, label, isDefault, provider }: ModelRow): ModelOption {
  return { id, label, isDefault, providerName: provider.name, isDemo: provider.kind === "demo" };
}

function toModel(row: ModelRow): Model {
  const { providerId, name, contextWindow, isEnabled } = row;
  return { ...toOption(row), providerId, name, contextWindow, isEnabled };
}

import "server-only";
import { z } from "zod";
import type { Alias, AliasCreate, AliasPatch } from "@/lib/contracts/aliases";
import { calibrationSchema, type Calibration } from "@/lib/contracts/calibration";
import { capabilityCardSchema, emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import {
  providerCallSettingsSchema,
  providerKinds,
  type ProviderCallSettings,
  type ProviderKind,
} from "@/lib/contracts/providers";
import { priceVersionSchema, type PriceVersion } from "@/lib/contracts/usage";
import { Prisma } from "@/generated/prisma/client";
import type { Actor } from "@/lib/domain/actor";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { fillLimits } from "@/lib/domain/dialects/fill-limits";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { priceAt } from "./price-at";
import { lockOffer, settleOffer } from "./default-alias";
import { requireAdmin } from "./require-admin";

/** A key as it is stored. Only readProviderKeys() opens it. */
export type SealedKey = {
  id: string;
  sealed: string;
  owner: "instance" | "member";
  /** It was set aside, and its time is over: the next success says that it works again. */
  isAside?: boolean | undefined;
};

/** A model with what is needed to call it. Stays on the server. */
export type ResolvedModel = {
  id: string;
  /** The id at the provider; Azure's deployment. */
  name: string;
  label: string;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  card: CapabilityCard;
  /** What its reports taught about its tokenizer. */
  calibration: Calibration;
  /** What it costs now; null when that is unknown. */
  price: PriceVersion | null;
  provider: {
    id: string;
    kind: ProviderKind;
    name: string;
    baseUrl: string;
    apiVersion: string | null;
    callSettings: ProviderCallSettings;
    source: "admin" | "environment" | "demo";
    /** The member's own where they have one, else the instance's that are in use, oldest first. */
    keys: SealedKey[];
    /** Keys of the instance that are set aside: there are some, but none of use now. */
    asideCount: number;
    allowsMemberKeys: boolean;
  };
};

/** What a member has picked: the models to try, in order; at least one. */
export type ResolvedAlias = { id: string; name: string; targets: ResolvedModel[] };

const targetSchema = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  contextWindow: z.number().nullable(),
  maxOutputTokens: z.number().nullable(),
  card: capabilityCardSchema.catch(emptyCard),
  calibration: calibrationSchema.catch(plainCalibration),
  price: priceVersionSchema.nullable(),
  provider: z.object({
    id: z.string(),
    kind: z.enum(providerKinds).catch("openai-compatible"),
    name: z.string(),
    baseUrl: z.string(),
    apiVersion: z.string().nullable(),
    callSettings: providerCallSettingsSchema.catch({}),
    source: z.enum(["admin", "environment", "demo"]),
    keys: z.array(
      z.object({
        id: z.string(),
        sealed: z.string(),
        owner: z.enum(["instance", "member"]),
        isAside: z.boolean().optional(),
      }),
    ),
    asideCount: z.number(),
    allowsMemberKeys: z.boolean(),
  }),
});

/**
 * What to call, in one query: the alias asked for, or without one the conversation's, or the default
 * where that is gone. Only what is on offer counts; null when the one asked for, or any, is not.
 */
export async function resolveAlias(
  actor: Actor,
  asked: string | null,
  conversationId: string | null = null,
): Promise<ResolvedAlias | null> {
  const [row] = await db().$queryRaw<{ id: string; name: string; targets: unknown[] }[]>`
    WITH offered AS (
      SELECT a.id, a.name, a.is_default, a.position AS place, a.created_at,
        t.position, m.id AS model_id
      FROM aliases a
      JOIN alias_targets t ON t.alias_id = a.id
      JOIN models m ON m.id = t.model_id AND m.is_enabled
      JOIN providers p ON p.id = m.provider_id AND p.is_enabled
      WHERE a.is_enabled AND (${asked}::text IS NULL OR a.id = ${asked})
    ), chosen AS (
      SELECT id, name FROM offered
      ORDER BY id IS NOT DISTINCT FROM (
          SELECT c.model_id FROM conversations c
          WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId}) DESC,
        is_default DESC, place, created_at, id
      LIMIT 1
    )
    SELECT chosen.id, chosen.name, json_agg(json_build_object(
        'id', m.id, 'name', m.name, 'label', m.label, 'contextWindow', m.context_window,
        'maxOutputTokens', m.max_output_tokens, 'card', m.card,
        'calibration', m.calibration,
        'price', ${priceAt(Prisma.sql`m.id`, Prisma.sql`now()`)},
        'provider', json_build_object(
          'id', p.id, 'kind', p.kind, 'name', p.name, 'baseUrl', p.base_url,
          'apiVersion', p.api_version, 'callSettings', p.call_settings, 'source', p.source,
          'allowsMemberKeys', p.allows_member_keys,
          'asideCount', (
            SELECT count(*) FROM provider_keys k
            WHERE k.provider_id = p.id AND k.user_id IS NULL AND k.is_enabled
              AND k.aside_code IS NOT NULL AND (k.aside_until IS NULL OR k.aside_until > now())),
          'keys', coalesce((
            SELECT json_agg(json_build_object('id', k.id, 'sealed', k.encrypted_key,
                'isAside', k.aside_code IS NOT NULL, 'owner', CASE WHEN k.user_id IS NULL THEN 'instance' ELSE 'member' END)
                ORDER BY k.created_at, k.id)
            FROM provider_keys k
            WHERE k.provider_id = p.id AND k.is_enabled
              AND CASE WHEN p.allows_member_keys AND EXISTS (
                  SELECT 1 FROM provider_keys o
                  WHERE o.provider_id = p.id AND o.user_id = ${actor.userId} AND o.is_enabled)
                THEN k.user_id = ${actor.userId}
                ELSE k.user_id IS NULL AND (k.aside_code IS NULL OR k.aside_until <= now()) END
            ), '[]'::json)))
        ORDER BY offered.position) AS targets
    FROM chosen
    JOIN offered ON offered.id = chosen.id
    JOIN models m ON m.id = offered.model_id
    JOIN providers p ON p.id = m.provider_id
    GROUP BY chosen.id, chosen.name`;
  if (row === undefined) return null;
  const targets = z.array(targetSchema).parse(row.targets);
  return {
    id: row.id,
    name: row.name,
    targets: targets.map((target) => fillLimits(target.provider.kind, target)),
  };
}

const withTargets = {
  targets: {
    orderBy: { position: "asc" },
    include: { model: { include: { provider: { select: { name: true, isEnabled: true } } } } },
  },
} as const;

const inOrder = [{ position: "asc" }, { createdAt: "asc" }, { id: "asc" }] as const;

/** Every alias, in the order of the list. */
export async function findAliases(actor: Actor): Promise<Alias[]> {
  requireAdmin(actor);
  const rows = await db().alias.findMany({ include: withTargets, orderBy: [...inOrder] });
  return rows.map(toAlias);
}

/**
 * Makes an alias for models, at the end of the list.
 * @throws AppError `conflict` when the name is taken, `not_found` for a model that is not there.
 */
export async function createAlias(
  actor: Actor,
  { name, description, targets }: AliasCreate,
): Promise<Alias> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockOffer(tx);
    await requireFreeName(tx, name, null);
    await requireModels(tx, targets);
    const last = await tx.alias.aggregate({ _max: { position: true } });
    const { id } = await tx.alias.create({
      data: {
        id: newId(),
        name,
        description,
        position: (last._max.position ?? 0) + 1,
        targets: { create: targets.map((modelId, position) => ({ modelId, position })) },
      },
    });
    await settleOffer(tx);
    return toAlias(await tx.alias.findUniqueOrThrow({ where: { id }, include: withTargets }));
  });
}

/**
 * Changes an alias.
 *
 * @throws AppError `not_found`; `conflict` when the name is taken, or when one that is not on offer
 * is to be the default.
 */
export async function updateAlias(actor: Actor, id: string, patch: AliasPatch): Promise<Alias> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    await lockOffer(tx);
    if ((await tx.alias.findUnique({ where: { id }, select: { id: true } })) === null)
      throw new AppError("not_found");
    if (patch.name !== undefined) await requireFreeName(tx, patch.name, id);
    if (patch.targets !== undefined) {
      await requireModels(tx, patch.targets);
      await tx.aliasTarget.deleteMany({ where: { aliasId: id } });
      await tx.aliasTarget.createMany({
        data: patch.targets.map((modelId, position) => ({ aliasId: id, modelId, position })),
      });
    }
    if (patch.isDefault === true)
      await tx.alias.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
    const updated = await tx.alias.update({
      where: { id },
      data: {
        ...(patch.name === undefined ? {} : { name: patch.name }),
        ...(patch.description === undefined ? {} : { description: patch.description }),
        ...(patch.isEnabled === undefined ? {} : { isEnabled: patch.isEnabled }),
        ...(patch.isDefault === undefined ? {} : { isDefault: true }),
        // Without the model that it was made with it is nobody's own, and need not go with it.
        ...(patch.targets?.includes(id) === false ? { isOwn: false } : {}),
      },
      include: withTargets,
    });
    if (patch.isDefault === true && !isOnOffer(updated))
      throw new AppError("conflict", { details: { field: "isDefault" } });
    if (patch.position !== undefined) await moveTo(tx, id, patch.position);
    await settleOffer(tx);
    return toAlias(await tx.alias.findUniqueOrThrow({ where: { id }, include: withTargets }));
  });
}

/** Takes an alias away; its models stay. Conversations fall back to the default. */
export async function deleteAlias(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await db().$transaction(async (tx) => {
    await lockOffer(tx);
    const { count } = await tx.alias.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("not_found");
    await settleOffer(tx);
  });
}

type Tx = Parameters<Parameters<ReturnType<typeof db>["$transaction"]>[0]>[0];

async function requireFreeName(tx: Tx, name: string, ownId: string | null): Promise<void> {
  const taken = await tx.alias.findUnique({ where: { name }, select: { id: true } });
  if (taken !== null && taken.id !== ownId)
    throw new AppError("conflict", { details: { field: "name" } });
}

async function requireModels(tx: Tx, ids: readonly string[]): Promise<void> {
  const count = await tx.model.count({ where: { id: { in: [...ids] } } });
  if (count !== ids.length) throw new AppError("not_found", { details: { field: "targets" } });
}

async function moveTo(tx: Tx, id: string, place: number): Promise<void> {
  const rows = await tx.alias.findMany({ select: { id: true }, orderBy: [...inOrder] });
  const ids = rows.map((row) => row.id).filter((one) => one !== id);
  ids.splice(place, 0, id);
  await tx.$executeRaw`
    UPDATE aliases SET position = wanted.place - 1
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS wanted(id, place)
    WHERE aliases.id = wanted.id AND aliases.position <> wanted.place - 1`;
}

type AliasRow = Omit<Alias, "targets"> & {
  targets: {
    modelId: string;
    model: { label: string; isEnabled: boolean; provider: { name: string; isEnabled: boolean } };
  }[];
};

const isOnOffer = ({ isEnabled, targets }: AliasRow) =>
  isEnabled && targets.some(({ model }) => model.isEnabled && model.provider.isEnabled);

function toAlias({ targets, ...row }: AliasRow): Alias {
  const { id, name, description, isEnabled, isDefault, position } = row;
  return {
    id,
    name,
    description,
    isEnabled,
    isDefault,
    position,
    targets: targets.map(({ modelId, model }) => ({
      modelId,
      label: model.label,
      providerName: model.provider.name,
      isEnabled: model.isEnabled && model.provider.isEnabled,
    })),
  };
}

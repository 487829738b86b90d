import "server-only";
import type { z } from "zod";
import type { PrismaClient } from "@/generated/prisma/client";
import type { ContextPolicy } from "@/lib/contracts/context";
import { instanceSettingsPatchSchema, type InstanceSettings } from "@/lib/contracts/settings";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { singleton } from "../singleton";
import { db } from "./client";
import { rebuildUsageDays } from "./rebuild-usage-days";
import { requireAdmin } from "./require-admin";

const defaults: InstanceSettings = {
  systemPrompt:
    "You are a helpful assistant. Answer in the language of the question, clearly and to the " +
    "point. Use Markdown where it helps reading. If you are not sure, say so.",
  contextPolicy: { kind: "rounds", rounds: 10, tokens: 32_000 },
  summaryModelId: null,
  dearTokens: 30_000,
  timeZone: "UTC",
  cnyPerUsdMicros: null,
  totalsCurrency: "CNY",
  alertTokensPerCall: 200_000,
  alertCallsPerMinute: 60,
  connectTimeoutSeconds: 10,
  headersTimeoutSeconds: 120,
  firstTokenTimeoutSeconds: 120,
  idleTimeoutSeconds: 60,
  totalTimeoutSeconds: 30 * 60,
};

// Every turn reads the settings. A copy this old saves the query and still lets a change made
// through another instance show within seconds.
const freshMs = 2_000;

type Copy = { settings: InstanceSettings; readAtMs: number };

// Keyed by client, so that a database opened anew never answers with the settings of another.
const copies = () => singleton("settings", () => new WeakMap<PrismaClient, Copy>());

/**
 * Settings of the whole instance, with the defaults for what nobody has set.
 *
 * @param knownForMs how old they may be.
 */
export async function getInstanceSettings(knownForMs = freshMs): Promise<InstanceSettings> {
  const client = db();
  const copy = copies().get(client);
  if (copy !== undefined && performance.now() - copy.readAtMs < knownForMs) return copy.settings;
  const rows = await client.setting.findMany({ where: { key: { in: Object.keys(defaults) } } });
  const stored = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  const settings = { ...defaults, ...knownSettings(stored) };
  copies().set(client, { settings, readAtMs: performance.now() });
  return settings;
}

/**
 * Changes settings of the instance.
 *
 * @throws AppError `forbidden` for anybody but an admin, `invalid_input` for a time zone that this
 * runtime knows and the database does not.
 */
export async function updateInstanceSettings(
  actor: Actor | SystemActor,
  patch: Partial<InstanceSettings>,
): Promise<InstanceSettings> {
  requireAdmin(actor);
  const { timeZone, ...others } = patch;
  if (timeZone !== undefined) {
    await requireKnownZone(timeZone);
    await rebuildUsageDays(actor, timeZone);
  }
  await db().$transaction(Object.entries(others).map(([key, value]) => writeSetting(key, value)));
  copies().delete(db());
  return getInstanceSettings();
}

async function requireKnownZone(timeZone: string): Promise<void> {
  const known = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower(${timeZone}) LIMIT 1`;
  if (known.length === 0)
    throw new AppError("invalid_input", {
      details: { field: "timeZone", reason: "unknown to the database" },
    });
}

/** Whether an admin has ever chosen the team's time zone, be it the one that it is without. */
export async function isTimeZoneChosen(): Promise<boolean> {
  const where = { key: "timeZone" satisfies keyof InstanceSettings };
  return (await db().setting.findUnique({ where, select: { key: true } })) !== null;
}

/** A value that the server keeps for itself, or null. */
export async function getServerValue<Schema extends z.ZodType>(
  _system: SystemActor,
  key: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const row = await db().setting.findUnique({ where: { key: serverKey(key) } });
  return row === null ? null : schema.parse(row.value);
}

/** Keeps a value for the server itself. */
export async function setServerValue(
  _system: SystemActor,
  key: string,
  value: string | number | string[],
): Promise<void> {
  await writeSetting(serverKey(key), value);
}

type SettingValue = string | number | string[] | ContextPolicy;

/** Null: back to the default. */
function writeSetting(key: string, value: SettingValue | null) {
  if (value === null) return db().setting.deleteMany({ where: { key } });
  return db().setting.upsert({
    where: { key },
    create: { key, value },
    update: { value },
  });
}

// A value that no longer fits (an older version wrote it) counts as not set.
function knownSettings(stored: Record<string, unknown>): Partial<InstanceSettings> {
  const { shape } = instanceSettingsPatchSchema;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, schema]) => {
      const result = schema.safeParse(stored[key]);
      return result.success && result.data !== undefined ? [[key, result.data]] : [];
    }),
  );
}

function serverKey(key: string): string {
  return `server:${key}`;
}

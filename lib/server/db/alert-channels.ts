import "server-only";
import { z } from "zod";
import { alertChannelKinds, alertKinds, type AlertChannelKind } from "@/lib/contracts/alerts";
import { alertChannelSchema, type AlertChannel, type AlertKind } from "@/lib/contracts/alerts";
import { limits } from "@/lib/contracts/limits";
import { locales, type Locale } from "@/lib/contracts/preferences";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";
import { requireAdmin } from "./require-admin";

/** A channel as it is stored: its address and secret are sealed. */
export type StoredChannel = {
  id: string;
  kind: AlertChannelKind;
  name: string;
  sealedConfig: string;
  alertKinds: AlertKind[];
  locale: Locale;
  isEnabled: boolean;
  last: AlertChannel["last"];
};

const rowSchema = z.object({
  id: z.string(),
  kind: z.enum(alertChannelKinds),
  name: z.string(),
  encrypted_config: z.string(),
  alert_kinds: z.array(z.string()),
  locale: z.enum(locales),
  is_enabled: z.boolean(),
  last_state: alertChannelSchema.shape.last.unwrap().shape.state.nullable(),
  last_at: z.date().nullable(),
});

/** All channels, the oldest first, with what became of the last delivery of each. */
export async function findChannels(actor: Actor): Promise<StoredChannel[]> {
  requireAdmin(actor);
  const rows = await db().$queryRaw<unknown[]>`
    SELECT c.*, last.state AS last_state, coalesce(last.delivered_at, last.created_at) AS last_at
    FROM alert_channels c LEFT JOIN LATERAL (
      SELECT d.state, d.created_at, d.delivered_at FROM alert_deliveries d
      WHERE d.channel_id = c.id ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS last ON true
    ORDER BY c.created_at, c.id`;
  return rows.map((row) => toChannel(rowSchema.parse(row)));
}

/** @throws AppError `not_found`. */
export async function requireChannel(actor: Actor, id: string): Promise<StoredChannel> {
  const channel = (await findChannels(actor)).find((one) => one.id === id);
  if (channel === undefined) throw new AppError("not_found");
  return channel;
}

/** What a worker needs of a channel that is switched on; null for any other. */
export async function findChannelToServe(
  _system: SystemActor,
  id: string,
): Promise<Pick<StoredChannel, "id" | "sealedConfig" | "locale"> | null> {
  const row = await db().alertChannel.findUnique({ where: { id, isEnabled: true } });
  if (row === null) return null;
  const locale = locales.find((one) => one === row.locale) ?? "en";
  return { id, sealedConfig: row.encryptedConfig, locale };
}

export type NewChannel = Omit<StoredChannel, "last" | "isEnabled">;

/** Adds a channel. @throws AppError `conflict` when there are enough. */
export async function createChannel(actor: Actor, channel: NewChannel): Promise<void> {
  requireAdmin(actor);
  const { sealedConfig, ...given } = channel;
  if ((await db().alertChannel.count()) >= limits.alertChannels)
    throw new AppError("conflict", { details: { reason: "too_many" } });
  await db().alertChannel.create({ data: { ...given, encryptedConfig: sealedConfig } });
}

export type ChannelChange = Partial<Omit<StoredChannel, "id" | "last" | "kind">>;

/**
 * Changes a channel. One that is switched off gives up what was waiting: it would be old news.
 *
 * @throws AppError `not_found`.
 */
export async function updateChannel(
  actor: Actor,
  id: string,
  { sealedConfig, ...change }: ChannelChange,
): Promise<void> {
  requireAdmin(actor);
  const data = {
    ...change,
    ...(sealedConfig === undefined ? {} : { encryptedConfig: sealedConfig }),
  };
  // Of nothing to write Prisma says that it found no row.
  if (Object.keys(data).length === 0) return;
  const [{ count }] = await db().$transaction([
    db().alertChannel.updateMany({ where: { id }, data }),
    ...(change.isEnabled === false
      ? [
          db().alertDelivery.updateMany({
            where: { channelId: id, state: "waiting" },
            data: { state: "given_up" },
          }),
        ]
      : []),
  ]);
  if (count === 0) throw new AppError("not_found");
}

/** Deletes a channel, with what waits for it and its log. @throws AppError `not_found`. */
export async function deleteChannel(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const { count } = await db().alertChannel.deleteMany({ where: { id } });
  if (count === 0) throw new AppError("not_found");
}

function toChannel(row: z.infer<typeof rowSchema>): StoredChannel {
  const { last_state, last_at } = row;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    sealedConfig: row.encrypted_config,
    alertKinds: alertKinds.filter((kind) => row.alert_kinds.includes(kind)),
    locale: row.locale,
    isEnabled: row.is_enabled,
    last:
      last_state === null || last_at === null
        ? null
        : { state: last_state, at: last_at.toISOString() },
  };
}

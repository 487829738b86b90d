import "server-only";
import type { z } from "zod";
import type {
  AlertChannel,
  AlertChannelCreate,
  AlertChannelPatch,
  alertChannelMadeSchema,
  alertChannelsSchema,
  ChannelTest,
} from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/actor";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { AppError } from "@/lib/domain/errors/app-error";
import { noteDelivered, noteFailed, startTestDelivery } from "../db/alert-deliveries";
import {
  createChannel,
  deleteChannel,
  findChannels,
  requireChannel,
  updateChannel,
  type StoredChannel,
} from "../db/alert-channels";
import { newId } from "../ids";
import { logger } from "../logger";
import { canMail } from "../mail/send-mail";
import { requireTestAllowance } from "../providers/connection-limit";
import { completeConfig, describeTarget, openConfig, sealConfig } from "./channel-config";
import { sendMessage } from "./send-message";
import { writeTest } from "./write-message";

const system = { system: "test of an alert channel" };

/** All channels, without their addresses and secrets. */
export async function listChannels(actor: Actor): Promise<z.infer<typeof alertChannelsSchema>> {
  const channels = await findChannels(actor);
  return { channels: channels.map(toChannel), canMail: canMail() };
}

/**
 * Adds a channel. The secret of a webhook is in this answer, and nowhere else.
 *
 * @throws AppError `provider_address_refused`; `conflict` when there are enough.
 */
export async function addChannel(
  actor: Actor,
  { config, ...given }: AlertChannelCreate,
): Promise<z.infer<typeof alertChannelMadeSchema>> {
  const id = newId();
  const complete = completeConfig(config, null);
  const sealedConfig = sealConfig(id, complete);
  await createChannel(actor, { id, kind: config.kind, sealedConfig, ...given });
  logger().info({ userId: actor.userId, channelId: id, kind: config.kind }, "alert channel added");
  return {
    channel: toChannel(await requireChannel(actor, id)),
    secret: complete.kind === "webhook" ? complete.secret : null,
  };
}

/**
 * Changes a channel. Its kind stays.
 *
 * @throws AppError `not_found`, `provider_address_refused`; `invalid_input` for another kind.
 */
export async function changeChannel(
  actor: Actor,
  id: string,
  { config, ...patch }: AlertChannelPatch,
): Promise<AlertChannel> {
  const present = await requireChannel(actor, id);
  if (config !== undefined && config.kind !== present.kind)
    throw new AppError("invalid_input", { details: { field: "kind" } });
  await updateChannel(actor, id, {
    ...dropUndefined(patch),
    ...(config === undefined
      ? {}
      : { sealedConfig: sealConfig(id, completeConfig(config, openConfig(present))) }),
  });
  logger().info({ userId: actor.userId, channelId: id }, "alert channel changed");
  return toChannel(await requireChannel(actor, id));
}

/** Takes a channel away for good. @throws AppError `not_found`. */
export async function removeChannel(actor: Actor, id: string): Promise<void> {
  await deleteChannel(actor, id);
  logger().info({ userId: actor.userId, channelId: id }, "alert channel removed");
}

/**
 * Sends a test to a channel, switched on or not: once, at once, and into the log.
 *
 * @throws AppError `not_found`; `rate_limited` after too many.
 */
export async function testChannel(actor: Actor, id: string): Promise<ChannelTest> {
  const channel = await requireChannel(actor, id);
  requireTestAllowance(actor);
  const deliveryId = newId();
  const { locale, name } = channel;
  await startTestDelivery(system, { id: deliveryId, channelId: id });
  const message = writeTest(name, locale);
  const outcome = await sendMessage(openConfig(channel), {
    ...{ deliveryId, message, locale, alert: null },
  });
  const { isDelivered, httpStatus } = outcome;
  if (outcome.isDelivered) await noteDelivered(system, [deliveryId], httpStatus);
  const failure = outcome.isDelivered ? null : outcome.failure;
  if (failure !== null)
    await noteFailed(system, deliveryId, { tries: 1, failure, httpStatus, waitMs: null });
  logger().info({ userId: actor.userId, channelId: id, failure }, "alert channel tested");
  return { isDelivered, httpStatus, failure };
}

function toChannel({ sealedConfig, ...channel }: StoredChannel): AlertChannel {
  return { ...channel, target: describeTarget(openConfig({ id: channel.id, sealedConfig })) };
}

import "server-only";
import { findWaitMs } from "@/lib/domain/alerts/next-try";
import type { SystemActor } from "@/lib/domain/actor";
import {
  claimForChannel,
  claimForUser,
  noteDelivered,
  noteFailed,
  type ClaimedDelivery,
} from "../db/alert-deliveries";
import { findChannelToServe } from "../db/alert-channels";
import { asLocale } from "../i18n/locale";
import { logger } from "../logger";
import type { SendOutcome } from "../mail/send-mail";
import { openConfig } from "./channel-config";
import { sendMessage } from "./send-message";
import { writeMessage } from "./write-message";

const system: SystemActor = { system: "alerts" };

/** More than a minute allows; whatever else waits is for the next round. */
const mostMessages = 25;

/** Sends what waits for a channel, one message after the other. @throws when the database is away. */
export async function deliverToChannel(channelId: string): Promise<void> {
  const channel = await findChannelToServe(system, channelId);
  if (channel === null) return;
  const config = openConfig(channel);
  const { locale } = channel;
  for (let sent = 0; sent < mostMessages; sent += 1) {
    const claimed = await claimForChannel(system, channelId, { joins: config.kind !== "webhook" });
    const [first] = claimed;
    if (first === undefined) return;
    const facts = claimed.map(({ alert }) => alert.facts);
    const outcome = await sendMessage(config, {
      deliveryId: first.id,
      message: writeMessage(facts, { locale, userId: null }),
      locale,
      alert: first.alert,
    });
    await noteOutcome(claimed, outcome);
  }
}

/** Mails what waits for a member. @throws when the database is away. */
export async function deliverToUser(userId: string): Promise<void> {
  for (let sent = 0; sent < mostMessages; sent += 1) {
    const claimed = await claimForUser(system, userId);
    if (claimed === null) return;
    const { delivery, email } = claimed;
    const locale = asLocale(claimed.locale) ?? "en";
    const outcome = await sendMessage(
      { kind: "mail", recipients: [email] },
      {
        deliveryId: delivery.id,
        message: writeMessage([delivery.alert.facts], { locale, userId }),
        locale,
        alert: delivery.alert,
      },
    );
    await noteOutcome([delivery], outcome);
  }
}

async function noteOutcome(
  claimed: readonly ClaimedDelivery[],
  outcome: SendOutcome,
): Promise<void> {
  const deliveryIds = claimed.map(({ id }) => id);
  if (outcome.isDelivered) {
    await noteDelivered(system, deliveryIds, outcome.httpStatus);
    logger().info({ deliveryIds }, "an alert was delivered");
    return;
  }
  const { failure, httpStatus, retryAfterMs } = outcome;
  // Together again, where they went together.
  const random = Math.random();
  for (const { id, tries } of claimed) {
    const waitMs = findWaitMs(tries, random, retryAfterMs);
    await noteFailed(system, id, { tries, failure, httpStatus, waitMs });
    logger().warn(
      { deliveryId: id, failure, httpStatus, tries, waitMs },
      "an alert did not arrive",
    );
  }
}

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
import { singleton } from "../singleton";
import { within } from "../within";
import { WorkQueue } from "../work-queue";
import { openConfig } from "./channel-config";
import { sendMessage } from "./send-message";
import { writeMessage } from "./write-message";

const system: SystemActor = { system: "alerts" };

/** More than a minute allows; whatever else waits is for the next round. */
const mostMessages = 25;

/** Of the database's connections, of which people wait for the others. */
const statementsAtOnce = 4;
/** A statement that hangs gives up its place; what it claims all the same is free again later. */
const hangsAfterMs = 25_000;

const statements = () => singleton("delivery-statements", () => new WorkQueue(statementsAtOnce));

/** Asks the database when it is this delivery's turn. */
function ask<Result>(statement: () => Promise<Result>): Promise<Result> {
  return statements().run(1, () => within(statement(), hangsAfterMs));
}

/** Sends what waits for a channel, one message after the other. @throws when the database is away. */
export async function deliverToChannel(channelId: string): Promise<void> {
  const channel = await ask(() => findChannelToServe(system, channelId));
  if (channel === null) return;
  const config = openConfig(channel);
  const { locale } = channel;
  for (let sent = 0; sent < mostMessages; sent += 1) {
    const joins = config.kind !== "webhook";
    const claimed = await ask(() => claimForChannel(system, channelId, { joins }));
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
    const claimed = await ask(() => claimForUser(system, userId));
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
    await ask(() => noteDelivered(system, deliveryIds, outcome.httpStatus));
    logger().info({ deliveryIds }, "an alert was delivered");
    return;
  }
  const { failure, httpStatus, retryAfterMs } = outcome;
  // Together again, where they went together.
  const random = Math.random();
  for (const { id, tries } of claimed) {
    const waitMs = findWaitMs(tries, random, retryAfterMs);
    await ask(() => noteFailed(system, id, { tries, failure, httpStatus, waitMs }));
    logger().warn(
      { deliveryId: id, failure, httpStatus, tries, waitMs },
      "an alert did not arrive",
    );
  }
}

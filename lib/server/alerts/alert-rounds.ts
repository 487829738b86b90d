import "server-only";
import type { SystemActor } from "@/lib/domain/actor";
import { findDue, giveUpLost } from "../db/alert-deliveries";
import { deleteOldAlerts, sendOutAlerts } from "../db/alerts";
import { getInstanceSettings } from "../db/settings";
import { tellUnusualUse } from "../db/unusual-use";
import { publishEvent } from "../events/publish";
import { logger } from "../logger";
import { canMail } from "../mail/send-mail";
import { startRounds } from "../rounds";
import { within } from "../within";
import { WorkQueue } from "../work-queue";
import { onNudge } from "./alert-nudge";
import { deliverToChannel, deliverToUser } from "./deliver";

const system: SystemActor = { system: "alerts" };

const everyMs = 5_000;
// Several calls that fail together make one round.
const nudgedAfterMs = 200;
// What takes longer is taken up by another instance, or after the next start.
const lastWaitMs = 2_000;
/** A statement that hangs must not keep what comes after it for ever. */
const hangsAfterMs = 25_000;
/** Members share one mail server, which is given a few at a time. */
const mailsAtOnce = 4;
/** Thresholds need not be the newest. */
const knownForMs = 30_000;
/** Of what happened while no instance ran, so much is still told. */
const longestLookBackMs = 10 * 60_000;
/** What a call's end may take to be stored, with a clock that is a little off. */
const overlapMs = 30_000;
const dayMs = 24 * 60 * 60_000;
const alertsForMs = 180 * dayMs;
const deliveriesForMs = 30 * dayMs;
const cleanEveryMs = 60 * 60_000;

/** Notices, tells and delivers alerts, in rounds. Any number of instances do so side by side. */
export class AlertRounds {
  private nudge: NodeJS.Timeout | null = null;
  private cleanedAtMs = 0;
  private lookedAtMs = 0;
  private telling: Promise<void> | null = null;
  /** How often somebody has wanted new alerts to go out. */
  private asked = 0;
  /** What is being delivered to whom; one that is slow holds up no other. */
  private readonly running = new Map<string, Promise<void>>();
  private readonly mails = new WorkQueue(mailsAtOnce);
  private isEnding = false;

  /** @returns a function that ends them, and waits a moment for what is on its way. */
  start(): () => Promise<void> {
    const endRounds = startRounds(everyMs, () => this.runRound());
    onNudge(() => {
      this.nudge ??= setTimeout(() => {
        this.nudge = null;
        void this.tellAndDeliver();
      }, nudgedAfterMs).unref();
    });
    return async () => {
      this.isEnding = true;
      onNudge(null);
      endRounds();
      if (this.nudge !== null) clearTimeout(this.nudge);
      await within(this.settle(), lastWaitMs).catch(() => undefined);
    };
  }

  /** One whole round. Never throws: what fails waits for the next. */
  async runRound(nowMs = Date.now()): Promise<void> {
    await this.attempt("unusual use", async () => {
      const { alertTokensPerCall, alertCallsPerMinute } = await getInstanceSettings(knownForMs);
      await tellUnusualUse(system, {
        tokensPerCall: alertTokensPerCall,
        callsPerMinute: alertCallsPerMinute,
        sinceMs: Math.min(longestLookBackMs, nowMs - this.lookedAtMs + overlapMs),
      });
      this.lookedAtMs = nowMs;
    });
    await this.tellAndDeliver();
    await this.attempt("lost deliveries", () => giveUpLost(system));
    if (nowMs - this.cleanedAtMs < cleanEveryMs) return;
    this.cleanedAtMs = nowMs;
    await this.attempt("old alerts", () =>
      deleteOldAlerts(system, {
        alertsBefore: new Date(nowMs - alertsForMs),
        deliveriesBefore: new Date(nowMs - deliveriesForMs),
      }),
    );
  }

  /** Waits until nothing is on its way. */
  async settle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  /** Where that is going on already, once more after it. */
  private tellAndDeliver(): Promise<void> {
    this.asked += 1;
    this.telling ??= this.tellUntilDone().finally(() => {
      this.telling = null;
    });
    return this.telling;
  }

  private async tellUntilDone(): Promise<void> {
    let told;
    while (told !== this.asked) {
      told = this.asked;
      await this.tellOnce();
    }
  }

  private async tellOnce(): Promise<void> {
    await this.attempt("new alerts", async () => {
      const sent = sendOutAlerts(system, { canMail: canMail() });
      const userIds = await within(sent, hangsAfterMs);
      for (const userId of userIds) publishEvent(userId, { type: "alerts-changed" });
    });
    await this.attempt("deliveries", async () => {
      const { channelIds, userIds } = await within(findDue(system), hangsAfterMs);
      for (const id of channelIds) this.deliver(`channel ${id}`, () => deliverToChannel(id));
      for (const id of userIds) this.deliver(`user ${id}`, () => this.mail(id));
    });
  }

  private deliver(to: string, run: () => Promise<void>): void {
    if (this.running.has(to)) return;
    const done = this.attempt("a delivery", run).finally(() => this.running.delete(to));
    this.running.set(to, done);
  }

  /** Mails a member when it is their turn; whoever still waits at the end is for the next start. */
  private mail(userId: string): Promise<void> {
    return this.mails.run(1, async () => {
      if (!this.isEnding) await deliverToUser(userId);
    });
  }

  private async attempt(name: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      logger().warn({ error, name }, "a part of the alerts failed");
    }
  }
}

/** Starts the rounds of this instance. @returns a function that ends them. */
export function startAlerts(): () => Promise<void> {
  return new AlertRounds().start();
}

import "server-only";
import type { AlertChannelConfig, AlertKind } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/actor";
import { db } from "../db/client";
import { newId } from "../ids";
import { AlertRounds } from "./alert-rounds";
import { addChannel } from "./manage-channels";

/** Stores an alert on a budget as settling a call does. */
export async function storeBudgetAlert(
  given: {
    percent?: number;
    userId?: string;
    name?: string;
    createdAt?: Date;
    budgetId?: string;
    used?: number;
  } = {},
): Promise<string> {
  const { percent = 80, userId, name = "Team", budgetId = newId() } = given;
  const id = newId();
  const subjectId = userId ?? "instance";
  await db().alert.create({
    data: {
      id,
      kind: "budget",
      onceKey: `budget:${budgetId}:${subjectId}:2026-11:${String(percent)}`,
      facts: {
        ...{ budgetId, name, subjectId, percent },
        scope: userId === undefined ? "instance" : "user",
        span: "2026-11",
        unit: "CNY",
        limit: 100_000_000,
        used: given.used ?? percent * 1_000_000,
        isHard: true,
      },
      ...(userId === undefined ? {} : { userId }),
      ...(given.createdAt === undefined ? {} : { createdAt: given.createdAt }),
    },
  });
  return id;
}

/** Adds a channel as an admin does. */
export async function makeChannel(
  admin: Actor,
  config: AlertChannelConfig,
  given: { alertKinds?: AlertKind[]; locale?: "en" | "zh-CN" } = {},
) {
  const { alertKinds = [], locale = "en" } = given;
  return addChannel(admin, { name: "Ops", config, alertKinds, locale });
}

/** Runs rounds of so many instances at the same time, to their end. */
export async function runRounds(instances = 1): Promise<void> {
  const rounds = Array.from({ length: instances }, () => new AlertRounds());
  await Promise.all(rounds.map((one) => one.runRound()));
  await Promise.all(rounds.map((one) => one.settle()));
}

/** Moves all that waits for its next try to now, as if the wait were over. */
export async function endWaits(): Promise<void> {
  await db().$executeRaw`
    UPDATE alert_deliveries SET next_try_at = now() WHERE state = 'waiting'`;
}

import { beforeEach, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { findAlerts } from "../db/alerts";
import { db } from "../db/client";
import { holdBudgets } from "../db/hold-budgets";
import { updateInstanceSettings } from "../db/settings";
import { makeCall } from "../db/testing-holds";
import { makeUser, useTestDatabase } from "../db/testing";
import { accountBus } from "../events/account-bus";
import { nudgeAlerts } from "./alert-nudge";
import { AlertRounds, startAlerts } from "./alert-rounds";
import { seeAlerts } from "./see-alerts";
import { makeChannel, runRounds, storeBudgetAlert } from "./testing-alerts";
import { useReceivers } from "./testing-receiver";

useTestDatabase();
const receivers = useReceivers();

let admin: Actor;
let member: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  member = await makeUser();
});

/** Counts what the browsers of an account hear. */
function listen({ userId }: Actor) {
  const heard: string[] = [];
  const end = accountBus().listen(userId, ({ type }) => heard.push(type));
  return { heard, end };
}

it("browsers of those who see an alert hear of it, once, and nobody else's", async () => {
  const other = await makeUser();
  const ears = [admin, member, other].map(listen);
  await storeBudgetAlert({ userId: member.userId });
  await runRounds(2);
  await runRounds(2);
  expect(ears.map(({ heard }) => heard)).toEqual([["alerts-changed"], ["alerts-changed"], []]);
  await seeAlerts(member);
  expect(ears.map(({ heard }) => heard.length)).toEqual([1, 2, 0]);
  for (const { end } of ears) end();
});

it("a round notices unusual use by the thresholds of the settings", async () => {
  await updateInstanceSettings(admin, { alertCallsPerMinute: 2 });
  for (let calls = 0; calls < 3; calls += 1) await holdBudgets(member, makeCall());
  await runRounds();
  expect(await findAlerts(admin, { limit: 9 })).toMatchObject({
    alerts: [{ facts: { kind: "calls_per_minute", calls: 3, threshold: 2 } }],
  });
});

it("a nudge sends out at once, and none is heard after the end", async () => {
  const receiver = await receivers.start();
  await makeChannel(admin, { kind: "webhook", url: receiver.url });
  const stop = startAlerts();
  await storeBudgetAlert();
  nudgeAlerts();
  nudgeAlerts();
  await expect.poll(() => receiver.received.length, { timeout: 3_000 }).toBe(1);
  await stop();
  await storeBudgetAlert();
  nudgeAlerts();
  expect(receiver.received).toHaveLength(1);
  expect(await db().alert.count({ where: { sentOutAt: null } })).toBe(1);
});

it("the end of a process does not wait for a receiver that is slow, and another goes on", async () => {
  const receiver = await receivers.start();
  await makeChannel(admin, { kind: "webhook", url: receiver.url });
  receiver.answers.push(null);
  const stop = startAlerts();
  await storeBudgetAlert();
  nudgeAlerts();
  await expect.poll(() => receiver.received.length, { timeout: 3_000 }).toBe(1);
  const beganAt = performance.now();
  await stop();
  expect(performance.now() - beganAt).toBeLessThan(4_000);
});

it("what is old is forgotten now and then", async () => {
  const [old, young] = [await storeBudgetAlert(), await storeBudgetAlert()];
  await db().alert.update({
    where: { id: old },
    data: { createdAt: new Date(Date.now() - 181 * 86_400_000) },
  });
  const rounds = new AlertRounds();
  await rounds.runRound();
  expect((await db().alert.findMany()).map(({ id }) => id)).toEqual([young]);
});

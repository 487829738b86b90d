import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { claimForChannel, findDue } from "../db/alert-deliveries";
import { findDeliveries } from "../db/alert-log";
import { sendOutAlerts } from "../db/alerts";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { changeChannel, removeChannel } from "./manage-channels";
import { endWaits, makeChannel, runRounds, storeBudgetAlert } from "./testing-alerts";
import { useReceivers, type Received } from "./testing-receiver";

useTestDatabase();
const receivers = useReceivers();
const system = { system: "test" };
const noRequest: Received = { url: "", headers: {}, body: "" };

let admin: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
});

const readLog = async () => (await findDeliveries(admin, { limit: 100 })).deliveries;

describe("the delivery of an alert", () => {
  it("happens once to each channel, whatever the number of instances", async () => {
    const one = await receivers.start();
    const other = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: one.url });
    await makeChannel(admin, { kind: "webhook", url: other.url });
    const ids = await Promise.all([80, 81, 82].map((used) => storeBudgetAlert({ used })));
    await runRounds(4);
    await runRounds(4);
    for (const { received } of [one, other]) {
      const bodies = received.map(({ body }) => JSON.parse(body) as { id: string });
      expect(bodies.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    }
    const log = await readLog();
    expect(log).toHaveLength(6);
    expect(log.map(({ state, tries }) => [state, tries])).toEqual(Array(6).fill(["delivered", 1]));
  });

  it("is signed with the secret that was shown once", async () => {
    const receiver = await receivers.start();
    const { secret } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    const id = await storeBudgetAlert({ name: "Research" });
    await runRounds();
    const [{ headers, body } = noRequest] = receiver.received;
    const [, time = "", signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-parley-signature"])) ?? [];
    const expected = createHmac("sha256", secret ?? "")
      .update(`${time}.${body}`)
      .digest("hex");
    expect(signature).toBe(expected);
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
    const [delivery] = await readLog();
    expect(headers["x-parley-delivery"]).toBe(delivery?.id);
    expect(JSON.parse(body)).toMatchObject({
      ...{ id, kind: "budget" },
      facts: { kind: "budget", name: "Research", percent: 80, limit: 100_000_000 },
      text: expect.stringMatching(
        /Budget Research has reached 80%[\s\S]*http.*\/settings\/budgets/,
      ),
    });
  });

  it("is tried again after a failure, and goes on being one delivery", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "dingtalk", url: receiver.url });
    receiver.answers.push(
      { status: 500 },
      { status: 429, headers: { "retry-after": "120" } },
      { status: 200, body: '{"errcode":310000,"errmsg":"keywords not in content"}' },
      { status: 200, body: "<html>" },
      { status: 200, body: '{"errcode":0,"errmsg":"ok"}' },
    );
    await storeBudgetAlert();
    const seen = [];
    for (let round = 0; round < 5; round += 1) {
      const before = Date.now();
      await runRounds();
      // Nothing more until its time has come.
      await runRounds();
      const [entry] = await readLog();
      const waitMs = entry?.nextTryAt ? Date.parse(entry.nextTryAt) - before : null;
      seen.push([entry?.state, entry?.tries, entry?.failure, entry?.httpStatus]);
      if (round === 1) expect(waitMs).toBeGreaterThan(119_000);
      await endWaits();
    }
    expect(seen).toEqual([
      ["waiting", 1, "bad_status", 500],
      ["waiting", 2, "bad_status", 429],
      ["waiting", 3, "refused", 200],
      ["waiting", 4, "bad_answer", 200],
      ["delivered", 5, null, 200],
    ]);
    expect(receiver.received).toHaveLength(5);
  });

  it("is given up after five tries, and said so", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "slack", url: receiver.url });
    receiver.answers.push(...Array.from({ length: 9 }, () => ({ status: 503 })));
    await storeBudgetAlert();
    for (let round = 0; round < 8; round += 1) {
      await runRounds();
      await endWaits();
    }
    expect(receiver.received).toHaveLength(5);
    expect(await readLog()).toMatchObject([
      { state: "given_up", tries: 5, failure: "bad_status", nextTryAt: null },
    ]);
  });

  it("says when nobody answers at the address", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: receiver.url });
    await receiver.close();
    await storeBudgetAlert();
    await runRounds();
    expect(await readLog()).toMatchObject([{ state: "waiting", failure: "unreachable" }]);
  });

  it("is taken up by another worker when the first one died, not before", async () => {
    const receiver = await receivers.start();
    const { channel } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    await storeBudgetAlert();
    await sendOutAlerts(system, { canMail: false });
    const claims = await Promise.all(
      [1, 2, 3].map(() => claimForChannel(system, channel.id, { joins: false })),
    );
    expect(claims.flat()).toHaveLength(1);
    await runRounds();
    expect(receiver.received).toHaveLength(0);
    await endWaits();
    await runRounds(3);
    expect(receiver.received).toHaveLength(1);
    expect(await readLog()).toMatchObject([{ state: "delivered", tries: 2 }]);
  });

  it("is given up when the worker died in its last try", async () => {
    const receiver = await receivers.start();
    const { channel } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    await storeBudgetAlert();
    await sendOutAlerts(system, { canMail: false });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await claimForChannel(system, channel.id, { joins: false })).toHaveLength(1);
      await endWaits();
    }
    await runRounds();
    expect(receiver.received).toHaveLength(0);
    expect(await readLog()).toMatchObject([{ state: "given_up", failure: "timeout" }]);
  });

  it("leaves out channels that want other kinds, are off, or are gone", async () => {
    const receiver = await receivers.start();
    const config = { kind: "webhook", url: receiver.url } as const;
    await makeChannel(admin, config, { alertKinds: ["provider_failing"] });
    const off = await makeChannel(admin, config);
    const gone = await makeChannel(admin, config);
    await changeChannel(admin, off.channel.id, { isEnabled: false });
    await removeChannel(admin, gone.channel.id);
    await storeBudgetAlert();
    await runRounds();
    expect(receiver.received).toHaveLength(0);
    expect(await readLog()).toEqual([]);
    // Switched on again, it gets what comes then.
    await changeChannel(admin, off.channel.id, { isEnabled: true });
    await runRounds();
    expect(receiver.received).toHaveLength(0);
  });

  it("does not reach a channel that was switched off or deleted while it waited", async () => {
    const receiver = await receivers.start();
    const off = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    const gone = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    receiver.answers.push({ status: 500 }, { status: 500 });
    await storeBudgetAlert();
    await runRounds();
    expect(receiver.received).toHaveLength(2);
    await changeChannel(admin, off.channel.id, { isEnabled: false });
    await removeChannel(admin, gone.channel.id);
    await changeChannel(admin, off.channel.id, { isEnabled: true });
    await endWaits();
    await runRounds();
    expect(receiver.received).toHaveLength(2);
    expect(await readLog()).toMatchObject([{ state: "given_up" }]);
  });

  it("tells the highest of the marks that a budget passed at once", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: receiver.url });
    const at = { budgetId: "a-budget-of-ours", createdAt: new Date() };
    for (const percent of [50, 80, 100]) await storeBudgetAlert({ ...at, percent });
    await runRounds();
    expect(receiver.received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { facts: { percent: 100 } },
    ]);
  });

  it("tells each mark that a budget passes one after the other", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: receiver.url });
    for (const [index, percent] of [50, 80, 100].entries())
      await storeBudgetAlert({
        ...{ budgetId: "a-budget-of-ours", percent },
        createdAt: new Date(Date.now() + index),
      });
    await runRounds();
    expect(receiver.received).toHaveLength(3);
  });

  it("joins what a channel would get in a minute beyond twenty messages", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "slack", url: receiver.url });
    receiver.answers.push(...Array.from({ length: 40 }, () => ({ body: "ok" })));
    for (let count = 0; count < 45; count += 1)
      await storeBudgetAlert({ name: `Number ${String(count)}` });
    await runRounds(2);
    expect(receiver.received).toHaveLength(20);
    expect(receiver.received.at(-1)?.body).toContain("26 alerts");
    const log = await readLog();
    expect(log.filter(({ state }) => state === "delivered")).toHaveLength(45);
    // The minute is full.
    await storeBudgetAlert({ name: "One more" });
    await runRounds();
    expect(receiver.received).toHaveLength(20);
    await db().$executeRaw`UPDATE alert_channels SET recent_sends = '{}'`;
    await runRounds();
    expect(receiver.received.at(-1)?.body).toContain("One more");
  });

  it("waits rather than joins where a program reads it", async () => {
    const receiver = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: receiver.url });
    for (let count = 0; count < 23; count += 1) await storeBudgetAlert();
    await runRounds();
    expect(receiver.received).toHaveLength(20);
    expect((await findDue(system)).channelIds).toHaveLength(1);
    await db().$executeRaw`UPDATE alert_channels SET recent_sends = '{}'`;
    await runRounds();
    expect(receiver.received).toHaveLength(23);
  });

  it("is not held up by a channel that is slow", async () => {
    const slow = await receivers.start();
    const quick = await receivers.start();
    await makeChannel(admin, { kind: "webhook", url: slow.url });
    await makeChannel(admin, { kind: "webhook", url: quick.url });
    slow.answers.push(null);
    await storeBudgetAlert();
    const round = runRounds();
    await expect.poll(() => quick.received.length).toBe(1);
    await slow.close();
    await round;
    expect((await readLog()).map(({ state }) => state).sort()).toEqual(["delivered", "waiting"]);
  });
});

import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { findDeliveries } from "../db/alert-log";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { startSmtp, type SmtpServer } from "../mail/testing-smtp";
import { listChannels, testChannel } from "./manage-channels";
import { endWaits, makeChannel, runRounds, storeBudgetAlert } from "./testing-alerts";

let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await startSmtp();
  vi.stubEnv("SMTP_URL", smtp.url);
  vi.stubEnv("MAIL_FROM", "parley@example.com");
});
afterAll(() => smtp.close());
useTestDatabase();

let admin: Actor;
let member: Actor;
beforeEach(async () => {
  smtp.mails.length = 0;
  admin = await makeUser({ role: "admin" });
  member = await makeUser({ email: "ada@example.com", name: "Ada" });
});

const readText = (data = "") => Buffer.from(decodeBody(data), "latin1").toString("utf8");
function decodeBody(data: string): string {
  const [head = "", ...parts] = data.split("\n\n");
  const body = parts.join("\n\n");
  if (/base64/i.test(head)) return Buffer.from(body, "base64").toString("latin1");
  return body
    .replaceAll("=\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

it("a member gets mail about a budget of their own, once, in their language", async () => {
  await db().user.update({ where: { id: member.userId }, data: { locale: "zh-CN" } });
  await storeBudgetAlert({ userId: member.userId, name: "个人" });
  await runRounds(3);
  await runRounds();
  expect(smtp.mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
  const text = readText(smtp.mails[0]?.data);
  expect(text).toContain("你的预算“个人”");
  expect(text).toContain("/settings/usage");
  const { deliveries } = await findDeliveries(admin, { limit: 10 });
  expect(deliveries).toMatchObject([
    { channelId: `mail:${member.userId}`, channelName: "Ada", state: "delivered", tries: 1 },
  ]);
});

it("nobody else's mailbox hears of it, and a shared budget is nobody's own", async () => {
  await makeUser({ email: "grace@example.com" });
  await storeBudgetAlert({ userId: member.userId });
  await storeBudgetAlert();
  await runRounds();
  expect(smtp.mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
});

it("a mail that is refused is tried again, and arrives once", async () => {
  smtp.refusals.push("451 greylisted", "451 greylisted");
  await storeBudgetAlert({ userId: member.userId });
  for (let round = 0; round < 4; round += 1) {
    await runRounds(2);
    await endWaits();
  }
  expect(smtp.mails).toHaveLength(1);
  const { deliveries } = await findDeliveries(admin, { limit: 10 });
  expect(deliveries).toMatchObject([{ state: "delivered", tries: 3, failure: null }]);
});

it("somebody whose account was deactivated meanwhile gets none", async () => {
  smtp.refusals.push("451 later");
  await storeBudgetAlert({ userId: member.userId });
  await runRounds();
  await db().user.update({ where: { id: member.userId }, data: { isActive: false } });
  await endWaits();
  await runRounds();
  expect(smtp.mails).toHaveLength(0);
  const { deliveries } = await findDeliveries(admin, { limit: 10 });
  expect(deliveries).toMatchObject([{ state: "given_up" }]);
});

it("a channel may be mailboxes, and its test goes to them", async () => {
  const recipients = ["ops@example.com", "boss@example.com"];
  const { channel, secret } = await makeChannel(admin, { kind: "mail", recipients });
  expect(secret).toBeNull();
  expect(channel.target).toBe("ops@example.com, boss@example.com");
  expect(await listChannels(admin)).toMatchObject({ canMail: true });
  expect(await testChannel(admin, channel.id)).toEqual({
    ...{ isDelivered: true, httpStatus: null, failure: null },
  });
  await storeBudgetAlert();
  await runRounds();
  expect(smtp.mails.map(({ to }) => to)).toEqual([recipients, recipients]);
  const { deliveries } = await findDeliveries(admin, { limit: 10 });
  expect(deliveries.map(({ facts, state }) => [facts?.kind ?? "test", state])).toEqual([
    ["budget", "delivered"],
    ["test", "delivered"],
  ]);
});

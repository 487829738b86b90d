import { beforeEach, describe, expect, it } from "vitest";
import { alertChannelPatchSchema, type AlertChannelConfig } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/actor";
import { findDeliveries } from "../db/alert-log";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { openConfig } from "./channel-config";
import { changeChannel, listChannels, removeChannel, testChannel } from "./manage-channels";
import { makeChannel, runRounds, storeBudgetAlert } from "./testing-alerts";
import { useReceivers } from "./testing-receiver";

useTestDatabase();
const receivers = useReceivers();

let admin: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
});

const dingtalk: AlertChannelConfig = {
  kind: "dingtalk",
  url: "https://oapi.dingtalk.example/robot/send?access_token=CANARY-TOKEN",
  secret: "SEC-CANARY",
};

describe("an alert channel", () => {
  it("shows where it goes, and never its address or secret", async () => {
    const made = await makeChannel(admin, dingtalk);
    const { channel } = made;
    expect(channel).toMatchObject({
      kind: "dingtalk",
      target: "oapi.dingtalk.example",
      last: null,
    });
    await testChannel(admin, channel.id);
    const answers = [
      made,
      await listChannels(admin),
      await changeChannel(admin, channel.id, { name: "On call", config: dingtalk }),
      await findDeliveries(admin, { limit: 10 }),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/CANARY|robot\/send/);
    expect(await listChannels(admin)).toMatchObject({ channels: [{ name: "On call" }] });
  });

  it("is sealed for its own row", async () => {
    const { channel } = await makeChannel(admin, dingtalk);
    const row = await db().alertChannel.findUniqueOrThrow({ where: { id: channel.id } });
    expect(JSON.stringify(row)).not.toContain("CANARY");
    const sealedConfig = row.encryptedConfig;
    expect(openConfig({ id: channel.id, sealedConfig })).toEqual(dingtalk);
    expect(() => openConfig({ id: "another-row", sealedConfig })).toThrow();
  });

  it("gets a secret of its own as a webhook, shown once and kept with a new address", async () => {
    const receiver = await receivers.start();
    const url = "https://hooks.example.com/one";
    const one = await makeChannel(admin, { kind: "webhook", url });
    const other = await makeChannel(admin, { kind: "webhook", url });
    expect(one.secret).toMatch(/^whsec_[\w-]{43}$/);
    expect(other.secret).not.toBe(one.secret);
    const { id } = one.channel;
    const changed = await changeChannel(admin, id, {
      config: { kind: "webhook", url: receiver.url },
    });
    expect(JSON.stringify([changed, await listChannels(admin)])).not.toContain("whsec");
    const row = await db().alertChannel.findUniqueOrThrow({ where: { id } });
    expect(openConfig({ id, sealedConfig: row.encryptedConfig })).toEqual({
      ...{ kind: "webhook", url: receiver.url, secret: one.secret },
    });
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/hook",
    "https://[::1]/hook",
    "https://intranet/hook",
    "http://hooks.example.com/plain",
    "https://user:pass@hooks.example.com/x",
    "http://127.0.0.1:5432/hook",
  ])("does not go to %s", async (url) => {
    const refused = { code: "provider_address_refused", details: { field: "url" } };
    for (const kind of ["slack", "webhook", "feishu"] as const)
      await expect(makeChannel(admin, { kind, url })).rejects.toMatchObject(refused);
    const { channel } = await makeChannel(admin, dingtalk);
    const change = changeChannel(admin, channel.id, { config: { kind: "dingtalk", url } });
    await expect(change).rejects.toMatchObject(refused);
    expect(await db().alertChannel.count()).toBe(1);
  });

  it("keeps its kind, and there is an end to their number", async () => {
    const { channel } = await makeChannel(admin, dingtalk);
    const config = { kind: "slack", url: "https://hooks.slack.example/x" } as const;
    await expect(changeChannel(admin, channel.id, { config })).rejects.toMatchObject({
      code: "invalid_input",
    });
    for (let count = 1; count < 20; count += 1) await makeChannel(admin, dingtalk);
    await expect(makeChannel(admin, dingtalk)).rejects.toMatchObject({ code: "conflict" });
  });

  it("changes in what is said, and in nothing else", async () => {
    const { channel } = await makeChannel(admin, dingtalk, {
      ...{ alertKinds: ["budget"], locale: "zh-CN" },
    });
    const patch = (body: object) =>
      changeChannel(admin, channel.id, alertChannelPatchSchema.parse(body));
    expect(await patch({})).toEqual(channel);
    expect(await patch({ isEnabled: false })).toEqual({ ...channel, isEnabled: false });
    expect(await patch({ alertKinds: [] })).toMatchObject({ alertKinds: [], isEnabled: false });
    expect(await patch({ name: "On call", locale: "en" })).toMatchObject({ name: "On call" });
    const row = await db().alertChannel.findUniqueOrThrow({ where: { id: channel.id } });
    expect(openConfig({ id: row.id, sealedConfig: row.encryptedConfig })).toEqual(dingtalk);
  });

  it("that is gone is not found", async () => {
    const { channel } = await makeChannel(admin, dingtalk);
    await removeChannel(admin, channel.id);
    const gone = { code: "not_found" };
    await expect(removeChannel(admin, channel.id)).rejects.toMatchObject(gone);
    await expect(changeChannel(admin, channel.id, { name: "x" })).rejects.toMatchObject(gone);
    await expect(testChannel(admin, channel.id)).rejects.toMatchObject(gone);
  });

  it("is no member's business", async () => {
    const member = await makeUser();
    const { channel } = await makeChannel(admin, dingtalk);
    const refused = { code: "forbidden" };
    await expect(listChannels(member)).rejects.toMatchObject(refused);
    await expect(makeChannel(member, dingtalk)).rejects.toMatchObject(refused);
    await expect(changeChannel(member, channel.id, { name: "x" })).rejects.toMatchObject(refused);
    await expect(removeChannel(member, channel.id)).rejects.toMatchObject(refused);
    await expect(testChannel(member, channel.id)).rejects.toMatchObject(refused);
    await expect(findDeliveries(member, { limit: 1 })).rejects.toMatchObject(refused);
  });
});

describe("the test of a channel", () => {
  it("is sent at once, once, marked as a test, and stands in the log", async () => {
    const receiver = await receivers.start();
    const { channel } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    expect(await testChannel(admin, channel.id)).toEqual({
      ...{ isDelivered: true, httpStatus: 200, failure: null },
    });
    expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({
      ...{ kind: "test", facts: null, text: expect.stringContaining("channel Ops") as string },
    });
    expect((await findDeliveries(admin, { limit: 10 })).deliveries).toMatchObject([
      { channelId: channel.id, channelName: "Ops", facts: null, state: "delivered", tries: 1 },
    ]);
    expect((await listChannels(admin)).channels).toMatchObject([{ last: { state: "delivered" } }]);
  });

  it("says what it failed with, and is not tried again", async () => {
    const receiver = await receivers.start();
    const { channel } = await makeChannel(admin, { kind: "feishu", url: receiver.url });
    receiver.answers.push(
      { status: 200, body: '{"code":19021,"msg":"sign match fail"}' },
      { status: 302, headers: { location: "http://127.0.0.1:1/" } },
    );
    expect(await testChannel(admin, channel.id)).toEqual({
      ...{ isDelivered: false, httpStatus: 200, failure: "refused" },
    });
    expect(await testChannel(admin, channel.id)).toMatchObject({ failure: "bad_status" });
    await runRounds();
    expect(receiver.received).toHaveLength(2);
    const { deliveries } = await findDeliveries(admin, { limit: 10 });
    expect(deliveries.map(({ state }) => state)).toEqual(["given_up", "given_up"]);
  });

  it("counts among the messages of a minute", async () => {
    const receiver = await receivers.start();
    const { channel } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
    for (let count = 0; count < 20; count += 1) await testChannel(admin, channel.id);
    await storeBudgetAlert();
    await runRounds();
    expect(receiver.received).toHaveLength(20);
  });
});

it("the log comes in pages, the newest first", async () => {
  const receiver = await receivers.start();
  const { channel } = await makeChannel(admin, { kind: "webhook", url: receiver.url });
  for (let count = 0; count < 3; count += 1) await testChannel(admin, channel.id);
  const first = await findDeliveries(admin, { limit: 2 });
  const rest = await findDeliveries(admin, { limit: 2, before: first.before ?? "" });
  const ids = [...first.deliveries, ...rest.deliveries].map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(ids).toHaveLength(3);
  expect(rest.before).toBeNull();
});

import { beforeEach, describe, expect, it } from "vitest";
import { makeUser } from "../db/testing";
import { db } from "../db/client";
import { createInstanceKey, findMemberProviders, replaceMemberKey } from "../db/provider-keys";
import { requireProvider } from "../db/providers";
import { storeModel } from "../db/testing-models";
import { newId } from "../ids";
import { addProviderKey } from "../providers/manage-keys";
import { changeProvider } from "../providers/manage-providers";
import { sealProviderKey } from "../providers/provider-key";
import { endRest, findModelHealth } from "../providers/model-health";
import { readChunks, useTurns } from "./testing-turns";

const { turns, submit } = useTurns();

let admin: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
});

async function offer(name: string, key = "sk-test") {
  await db().alias.updateMany({ data: { isDefault: false } });
  return storeModel({ name, baseUrl: turns.provider.url, key: sealProviderKey(key, "1") });
}

/** An alias of models in that order. @returns its id. */
async function makeAlias(...modelIds: string[]): Promise<string> {
  const targets = { create: modelIds.map((modelId, position) => ({ modelId, position })) };
  const { id } = await db().alias.create({ data: { id: newId(), name: newId(), targets } });
  return id;
}

async function takeTurn(model: string) {
  const id = newId();
  await readChunks(await submit(id, "Hello", { model }));
  await expect
    .poll(async () => (await db().generation.findFirst({ where: { conversationId: id } }))?.status)
    .not.toBe("streaming");
  const answer = await db().message.findFirstOrThrow({
    where: { conversationId: id, role: "assistant" },
  });
  const attempts = await db().attempt.findMany({
    where: { generation: { conversationId: id } },
    orderBy: { number: "asc" },
  });
  return { id, answer, attempts };
}

describe("an alias of two", () => {
  it("keeps which model answered and why, and every request that was made", async () => {
    const first = await offer("error-401");
    const second = await offer("plain");
    const alias = await makeAlias(first.modelId, second.modelId);
    const { answer, attempts } = await takeTurn(alias);
    expect(answer).toMatchObject({
      status: "complete",
      modelId: second.modelId,
      modelLabel: "plain",
      failover: {
        skipped: [{ model: "error-401", errorCode: "provider_key_refused" }],
        model: "plain",
      },
    });
    expect(attempts).toMatchObject([
      { number: 1, modelId: first.modelId, outcome: "failed", usageSource: null, httpStatus: 401 },
      { number: 2, modelId: second.modelId, outcome: "answered", usageSource: "reported" },
    ]);
    expect(attempts.every(({ keyId }) => keyId !== null)).toBe(true);
  });

  it("says nothing of failover where the first answered", async () => {
    const first = await offer("plain");
    const { answer } = await takeTurn(await makeAlias(first.modelId));
    expect([answer.status, answer.failover]).toEqual(["complete", null]);
  });

  it("goes on without a model that rests, and an admin sees why and can end it", async () => {
    const first = await offer("error-404");
    const second = await offer("plain");
    const alias = await makeAlias(first.modelId, second.modelId);
    for (let turn = 0; turn < 5; turn += 1) await takeTurn(alias);
    const { attempts, answer } = await takeTurn(alias);
    expect(attempts).toHaveLength(1);
    expect(answer.failover).toMatchObject({ skipped: [{ errorCode: "provider_resting" }] });
    const health = await findModelHealth(admin);
    const of = (modelId: string) => health.find((one) => one.modelId === modelId);
    expect(of(first.modelId)).toMatchObject({
      state: "resting",
      breaker: "open",
      calls: 5,
      failures: 5,
      recentErrors: Array.from({ length: 5 }, () => ({
        code: "provider_model_missing",
        status: 404,
      })),
    });
    expect(Date.parse(of(first.modelId)?.probeAt ?? "")).toBeGreaterThan(Date.now());
    expect(of(second.modelId)).toMatchObject({ state: "ok", calls: 6, failures: 0 });
    await endRest(admin, first.modelId);
    expect((await takeTurn(alias)).attempts).toHaveLength(2);
    await expect(findModelHealth(turns.actor)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endRest(turns.actor, first.modelId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endRest(admin, "nobody")).rejects.toMatchObject({ code: "not_found" });
  });
});

it("a model that rests is called again as soon as its provider is changed, or has a new key", async () => {
  const { modelId, providerId } = await offer("plain", "sk-canary-refused");
  const rest = async () => {
    await db().providerKey.updateMany({ where: { providerId }, data: { isEnabled: false } });
    for (let turn = 0; turn < 5; turn += 1) await takeTurn(modelId);
    expect((await takeTurn(modelId)).answer.errorCode).toBe("provider_resting");
  };
  await rest();
  await addProviderKey(admin, providerId, { key: "sk-test" });
  expect((await takeTurn(modelId)).answer.status).toBe("complete");
  await rest();
  await changeProvider(admin, providerId, { key: "sk-test" });
  expect((await takeTurn(modelId)).answer.status).toBe("complete");
});

describe("several keys", () => {
  const sealed = (key: string) => {
    const made = sealProviderKey(key, "2");
    if (made === null) throw new Error("A key.");
    return made;
  };

  it("go on without the one that is refused, which an admin sees", async () => {
    const { modelId, providerId } = await offer("plain", "sk-canary-refused");
    await createInstanceKey(admin, providerId, sealed("sk-test"));
    for (let turn = 0; turn < 3; turn += 1)
      expect((await takeTurn(modelId)).answer.status).toBe("complete");
    await expect
      .poll(async () => (await requireProvider(admin, providerId)).keys.map((one) => one.asideCode))
      .toEqual(["provider_key_refused", null]);
    // One request with the refused key in all: the next turns know.
    expect(await db().attempt.count({ where: { outcome: "failed" } })).toBe(1);
    const stored = JSON.stringify([
      await db().attempt.findMany(),
      await db().message.findMany(),
      await findModelHealth(admin),
    ]);
    expect(stored).not.toContain("sk-canary");
  });

  it("down to the last go on being tried though refused, and an admin sees since when", async () => {
    const { modelId, providerId } = await offer("plain", "sk-canary-refused");
    const readKey = async () => (await requireProvider(admin, providerId)).keys[0];
    expect((await takeTurn(modelId)).answer.errorCode).toBe("provider_key_refused");
    await expect.poll(async () => (await readKey())?.standing).toBe("refused");
    const noted = await readKey();
    expect(noted).toMatchObject({ isEnabled: true, asideCode: "provider_key_refused" });
    const { attempts } = await takeTurn(modelId);
    expect(attempts.map(({ errorCode }) => errorCode)).toEqual(["provider_key_refused"]);
    expect(await readKey()).toEqual(noted);
  });

  it("that are all set aside are not tried, and the model is shown so", async () => {
    const { modelId, providerId } = await offer("plain");
    await db().providerKey.updateMany({
      where: { providerId },
      data: { asideCode: "provider_key_refused", asideAt: new Date() },
    });
    const { answer, attempts } = await takeTurn(modelId);
    expect([answer.status, answer.errorCode, attempts]).toEqual([
      "failed",
      "provider_key_refused",
      [],
    ]);
    const health = await findModelHealth(admin);
    expect(health.find((one) => one.modelId === modelId)?.state).toBe("aside");
  });

  it("are used again when their time is over, and then are no longer set aside", async () => {
    const { modelId, providerId } = await offer("plain");
    await db().providerKey.updateMany({
      where: { providerId },
      data: {
        asideCode: "provider_out_of_credit",
        asideAt: new Date(0),
        asideUntil: new Date(1000),
      },
    });
    expect((await takeTurn(modelId)).answer.status).toBe("complete");
    await expect
      .poll(async () => (await requireProvider(admin, providerId)).keys[0]?.asideCode)
      .toBeNull();
  });

  it("of a member's own never fall back to the instance's, and are marked for them", async () => {
    const { modelId, providerId } = await offer("plain");
    await db().provider.update({ where: { id: providerId }, data: { allowsMemberKeys: true } });
    await replaceMemberKey(turns.actor, providerId, sealed("sk-canary-mine"));
    const { answer, attempts } = await takeTurn(modelId);
    expect([answer.errorCode, attempts.length]).toEqual(["own_key_refused", 1]);
    await expect
      .poll(async () => (await findMemberProviders(turns.actor))[0]?.key?.asideCode)
      .toBe("own_key_refused");
    const health = await findModelHealth(admin);
    expect(health.find((one) => one.modelId === modelId)).toMatchObject({ calls: 0, failures: 0 });
  });
});

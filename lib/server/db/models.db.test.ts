import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { newId } from "../ids";
import { db } from "./client";
import {
  createModel,
  deleteModel,
  findModelOptions,
  findModels,
  hasModels,
  updateModel,
} from "./models";
import { findAliases, resolveAlias, updateAlias } from "./aliases";
import { testModel } from "./testing-models";
import { deleteProvider, insertProvider, offerDemo, updateProvider } from "./providers";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const admin = () => makeUser({ role: "admin" });

async function connect(actor: Actor, models: string[], name = "Provider") {
  const baseUrl = "https://api.example.com/v1";
  return insertProvider(actor, {
    id: newId(),
    name,
    kind: "openai-compatible",
    baseUrl,
    apiVersion: null,
    key: { id: newId(), label: "1", encryptedKey: "sealed" },
    source: "admin",
    models: models.map(testModel),
  });
}

const defaults = async (actor: Actor) =>
  (await findAliases(actor))
    .filter(({ isDefault }) => isDefault)
    .map(({ name }) => (name === "Parley Demo" ? "parley-demo" : name));

const resolveFirst = async (actor: Actor, id: string | null) =>
  (await resolveAlias(actor, id))?.targets[0] ?? null;

async function modelNamed(actor: Actor, name: string) {
  const model = (await findModels(actor)).find((candidate) => candidate.name === name);
  if (model === undefined) throw new Error(`no model ${name}`);
  return model;
}

describe("the default model", () => {
  it("is the first of the first provider, and stays it when another is connected", async () => {
    const actor = await admin();
    await connect(actor, ["b", "a"]);
    await connect(actor, ["c"], "Other");
    expect(await defaults(actor)).toEqual(["b"]);
  });

  it("passes from the demo to the first real model", async () => {
    const actor = await admin();
    await offerDemo(actor);
    expect(await defaults(actor)).toEqual(["parley-demo"]);
    await connect(actor, ["real"]);
    expect(await defaults(actor)).toEqual(["real"]);
    await offerDemo(actor);
    expect(await defaults(actor)).toEqual(["real"]);
  });

  it("is exactly one after many are chosen at the same moment", async () => {
    const actor = await admin();
    const names = Array.from({ length: 8 }, (_, index) => `m${String(index)}`);
    await connect(actor, names);
    const models = await findModels(actor);
    const choices = [...models, ...models, ...models];
    await Promise.all(choices.map(({ id }) => updateAlias(actor, id, { isDefault: true })));
    expect(await defaults(actor)).toHaveLength(1);
  });

  it("is exactly one while some are hidden, deleted and chosen at the same moment", async () => {
    const actor = await admin();
    await connect(actor, ["a", "b", "c", "d", "e", "f"]);
    const models = await findModels(actor);
    await Promise.allSettled(
      models.flatMap(({ id }, index) => [
        updateAlias(actor, id, { isDefault: true }),
        index % 2 === 0 ? updateModel(actor, id, { isEnabled: false }) : deleteModel(actor, id),
        createModel(actor, models[0]?.providerId ?? "", testModel(`new-${id}`)),
      ]),
    );
    expect(await defaults(actor)).toHaveLength(1);
  });

  it("passes on when it is hidden, deleted, or its provider is switched off", async () => {
    const actor = await admin();
    const first = await connect(actor, ["a", "b"]);
    const second = await connect(actor, ["c", "d"], "Other");
    await updateModel(actor, (await modelNamed(actor, "a")).id, { isEnabled: false });
    expect(await defaults(actor)).toEqual(["b"]);
    await updateProvider(actor, first, { isEnabled: false });
    expect(await defaults(actor)).toEqual(["c"]);
    await deleteModel(actor, (await modelNamed(actor, "c")).id);
    expect(await defaults(actor)).toEqual(["d"]);
    await deleteProvider(actor, second.id);
    expect(await resolveFirst(actor, null)).toBeNull();
  });

  it("cannot be one that is not on offer", async () => {
    const actor = await admin();
    await connect(actor, ["a", "b"]);
    const { id } = await modelNamed(actor, "b");
    await updateModel(actor, id, { isEnabled: false });
    await expect(updateAlias(actor, id, { isDefault: true })).rejects.toMatchObject({
      code: "conflict",
    });
    await updateModel(actor, id, { isEnabled: true });
    await updateAlias(actor, id, { isDefault: true });
    expect(await defaults(actor)).toEqual(["b"]);
  });
});

describe("how a model's tokens are counted", () => {
  it("is exact by its own encoding, else learned from its reports, else estimated", async () => {
    const actor = await admin();
    await connect(actor, ["gpt-4o", "known", "new"]);
    const learned = { ...plainCalibration, reports: 38, window: 8192 };
    await db().model.updateMany({ where: { name: "known" }, data: { calibration: learned } });
    const counting = async (name: string) => (await modelNamed(actor, name)).counting;
    expect(await counting("gpt-4o")).toMatchObject({ surety: "exact" });
    expect(await counting("known")).toEqual({ surety: "learned", reports: 38, window: 8192 });
    expect(await counting("new")).toEqual({ surety: "estimated", reports: 0, window: null });
  });

  it("stays with the server where a row cannot be read, and is no part of what is told", async () => {
    const actor = await admin();
    await connect(actor, ["odd"]);
    await db().model.updateMany({ where: { name: "odd" }, data: { calibration: "nonsense" } });
    const model = await modelNamed(actor, "odd");
    expect(model.counting).toMatchObject({ surety: "estimated", reports: 0 });
    expect(model).not.toHaveProperty("calibration");
  });
});

describe("resolving a model", () => {
  it("finds the one that was asked for, or the default, with what it takes to call it", async () => {
    const actor = await admin();
    const provider = await connect(actor, ["a", "b"]);
    const { id } = await modelNamed(actor, "b");
    await updateModel(actor, id, { label: "Bee", contextWindow: 128_000 });
    expect(await resolveFirst(actor, id)).toEqual({
      id,
      name: "b",
      label: "Bee",
      contextWindow: 128_000,
      maxOutputTokens: null,
      card: { capabilities: {}, parameters: {}, fixed: [] },
      calibration: plainCalibration,
      price: null,
      provider: {
        id: provider.id,
        kind: "openai-compatible",
        name: "Provider",
        baseUrl: "https://api.example.com/v1",
        apiVersion: null,
        callSettings: {},
        keys: [{ id: expect.any(String), sealed: "sealed", owner: "instance", isAside: false }],
        asideCount: 0,
        allowsMemberKeys: false,
        source: "admin",
      },
    });
    expect(await resolveFirst(actor, null)).toMatchObject({ name: "a", contextWindow: null });
  });

  it("finds none that is hidden, unknown, or at a provider that is switched off", async () => {
    const actor = await admin();
    const provider = await connect(actor, ["a", "b"]);
    const { id } = await modelNamed(actor, "b");
    expect(await resolveFirst(actor, "unknown-id")).toBeNull();
    await updateModel(actor, id, { isEnabled: false });
    expect(await resolveFirst(actor, id)).toBeNull();
    await updateProvider(actor, provider, { isEnabled: false });
    expect(await resolveFirst(actor, null)).toBeNull();
  });

  it("falls back to the oldest on offer when no row is marked as the default", async () => {
    const actor = await admin();
    await connect(actor, ["a", "b"]);
    await db().alias.updateMany({ data: { isDefault: false } });
    expect(await resolveFirst(actor, null)).toMatchObject({ name: "a" });
  });

  it("is one query", async () => {
    const actor = await admin();
    await connect(actor, ["a"]);
    let queries = 0;
    const client = db();
    const original = client.$queryRaw.bind(client);
    client.$queryRaw = ((...args: Parameters<typeof original>) => {
      queries++;
      return original(...args);
    }) as typeof client.$queryRaw;
    await resolveFirst(actor, null);
    client.$queryRaw = original;
    expect(queries).toBe(1);
  });
});

describe("the models on offer", () => {
  it("are shown to members without what only admins may know", async () => {
    const actor = await admin();
    const member = await makeUser();
    await offerDemo(actor);
    await connect(actor, ["a", "hidden"]);
    await updateModel(actor, (await modelNamed(actor, "hidden")).id, { isEnabled: false });
    const options = await findModelOptions(member);
    expect(options).toMatchObject([
      { label: "a", providerName: "Provider", isDefault: true, isDemo: false },
      { label: "Parley Demo", providerName: "Parley", isDefault: false, isDemo: true },
    ]);
    expect(JSON.stringify(options)).not.toContain("sealed");
  });

  it("are changed by admins only", async () => {
    const actor = await admin();
    const member = await makeUser();
    const provider = await connect(actor, ["a"]);
    const { id } = await modelNamed(actor, "a");
    const forbidden = { code: "forbidden" };
    await expect(findModels(member)).rejects.toMatchObject(forbidden);
    await expect(updateModel(member, id, { label: "x" })).rejects.toMatchObject(forbidden);
    await expect(deleteModel(member, id)).rejects.toMatchObject(forbidden);
    await expect(createModel(member, provider.id, testModel("b"))).rejects.toMatchObject(forbidden);
    expect(await modelNamed(actor, "a")).toMatchObject({ label: "a" });
  });

  it("are added once per name, at providers that exist", async () => {
    const actor = await admin();
    const { id: providerId } = await connect(actor, ["a"]);
    expect(await createModel(actor, providerId, testModel("b"))).toMatchObject({
      name: "b",
      label: "b",
      isEnabled: true,
    });
    await expect(createModel(actor, providerId, testModel("b"))).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(createModel(actor, newId(), testModel("b"))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("are not found when they are gone", async () => {
    const actor = await admin();
    await expect(updateModel(actor, newId(), { label: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(deleteModel(actor, newId())).rejects.toMatchObject({ code: "not_found" });
    expect(await hasModels({ system: "test" })).toBe(false);
  });
});

describe("the price of a model", () => {
  it("is the last that was set, and unknown again once somebody says so", async () => {
    const actor = await admin();
    await connect(actor, ["a"]);
    const { id, price } = await modelNamed(actor, "a");
    expect(price).toBeNull();
    const dear = { currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 } as const;
    await updateModel(actor, id, { price: { ...dear, currency: "USD" } });
    expect(await updateModel(actor, id, { price: dear })).toMatchObject({ price: dear });
    expect(await resolveFirst(actor, id)).toMatchObject({ price: dear });
    expect(await findModelOptions(actor)).toMatchObject([{ price: dear }]);
    await updateModel(actor, id, { price: null });
    expect(await resolveFirst(actor, id)).toMatchObject({ price: null });
    expect(await findModelOptions(actor)).toMatchObject([{ price: null }]);
    expect(await db().price.count()).toBe(3);
  });
});

describe("what an option says that its model can do", () => {
  it("is what its dialect, its card and what ships for it say", async () => {
    const actor = await admin();
    await insertProvider(actor, {
      id: newId(),
      name: "OpenAI",
      kind: "openai",
      baseUrl: "https://api.openai.com/v1",
      apiVersion: null,
      key: null,
      source: "admin",
      models: [
        testModel("gpt-4o-mini"),
        { ...testModel("blind"), card: { capabilities: { vision: "no" } } },
      ],
    });
    const options = await findModelOptions(actor);
    expect(options).toMatchObject([
      { capabilities: { streaming: "yes" }, contextWindow: 128_000, maxOutputTokens: 16_384 },
      { contextWindow: null, capabilities: { streaming: "yes", vision: "no" } },
    ]);
  });
});

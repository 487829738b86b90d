import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as model from "@/app/api/admin/models/[id]/route";
import * as models from "@/app/api/admin/models/route";
import * as savedTest from "@/app/api/admin/providers/[id]/test/route";
import * as provider from "@/app/api/admin/providers/[id]/route";
import * as demo from "@/app/api/admin/providers/demo/route";
import * as found from "@/app/api/admin/providers/found/route";
import * as providers from "@/app/api/admin/providers/route";
import * as connectionTest from "@/app/api/admin/providers/test/route";
import * as settings from "@/app/api/admin/settings/route";
import * as modelOptions from "@/app/api/models/route";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import type { Model, Provider } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { readProviderKeys } from "./provider-key";
import { callRoute } from "./testing-call";

const session = vi.hoisted<{ actor: Actor | null }>(() => ({ actor: null }));

vi.mock("../auth/actor", () => ({
  requireActor: () =>
    session.actor === null
      ? Promise.reject(new AppError("unauthorized"))
      : Promise.resolve(session.actor),
}));

useTestDatabase();

const key = "sk-test";
let scripted: ScriptedProvider;

beforeAll(async () => {
  scripted = await startProvider({ key });
});
afterAll(() => scripted.close());
beforeEach(async () => {
  scripted.reset();
  session.actor = await makeUser({ role: "admin" });
});

const connection = () => ({ kind: "openai-compatible", baseUrl: scripted.url, key });

async function connect(extra: Record<string, unknown> = {}): Promise<Provider> {
  const body = { ...connection(), name: "Scripted", models: ["plain", "slow"], ...extra };
  const { status, json } = await callRoute(providers.POST, { body });
  expect(status).toBe(200);
  return json as Provider;
}

const patch = (id: string, body: unknown) => callRoute(provider.PATCH, { params: { id }, body });

async function storedKey(id: string): Promise<string | null> {
  const row = await db().provider.findUniqueOrThrow({ where: { id }, include: { keys: true } });
  const keys = row.keys.map(
    ({ id: keyId, encryptedKey: sealed }) => ({ id: keyId, sealed, owner: "instance" }) as const,
  );
  return readProviderKeys({ ...row, source: "admin", keys })[0]?.key ?? null;
}

const failure = (code: string, details?: object) => ({
  error: expect.objectContaining({
    code,
    ...(details && { details: expect.objectContaining(details) }),
  }),
});

/** Every admin route with a body that it would take, so that only the role can be the reason. */
const adminRoutes = () => {
  const params = { id: newId() };
  return [
    () => callRoute(providers.GET),
    () => callRoute(providers.POST, { body: { ...connection(), name: "X", models: ["plain"] } }),
    () => callRoute(provider.PATCH, { params, body: { name: "X" } }),
    () => callRoute(provider.DELETE, { params }),
    () => callRoute(connectionTest.POST, { body: connection() }),
    () => callRoute(savedTest.POST, { params, body: {} }),
    () => callRoute(found.GET),
    () => callRoute(demo.POST),
    () => callRoute(models.GET),
    () => callRoute(models.POST, { body: { providerId: newId(), name: "plain" } }),
    () => callRoute(model.PATCH, { params, body: { label: "X" } }),
    () => callRoute(model.DELETE, { params }),
    () => callRoute(settings.GET),
    () => callRoute(settings.PATCH, { body: { dearTokens: 2000 } }),
  ];
};

describe("the admin routes", () => {
  it.each([
    ["a member", 403],
    ["nobody", 401],
  ])("are closed to %s, and nothing happens", async (who, status) => {
    session.actor = who === "nobody" ? null : await makeUser();
    for (const call of adminRoutes()) expect((await call()).status).toBe(status);
    expect(await db().provider.count()).toBe(0);
    expect(await db().setting.count()).toBe(0);
    expect(scripted.requests()).toHaveLength(0);
  });

  it("answer 404 for rows that do not exist, and for ids that cannot", async () => {
    for (const id of [newId(), "x", "' OR 1=1--"]) {
      const params = { id };
      expect((await patch(id, { name: "X" })).status).toBe(404);
      expect((await callRoute(provider.DELETE, { params })).status).toBe(404);
      expect((await callRoute(savedTest.POST, { params, body: {} })).status).toBe(404);
      expect((await callRoute(model.PATCH, { params, body: { label: "X" } })).status).toBe(404);
      expect((await callRoute(model.DELETE, { params })).status).toBe(404);
    }
  });
});

describe("a provider", () => {
  it("is stored with its key sealed, its models, and a default", async () => {
    const created = await connect();
    expect(created).toMatchObject({
      name: "Scripted",
      hasKey: true,
      source: "admin",
      isEnabled: true,
    });
    const row = await db().provider.findUniqueOrThrow({
      where: { id: created.id },
      include: { keys: true },
    });
    expect(row.keys[0]?.encryptedKey).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain(key);
    expect(await storedKey(created.id)).toBe(key);
    const { json } = await callRoute(modelOptions.GET);
    expect(json).toMatchObject({
      models: [{ label: "plain", isDefault: true }, { label: "slow" }],
    });
  });

  it("never shows its key, in any answer of any route", async () => {
    const { id } = await connect();
    const modelId = (await db().model.findFirstOrThrow()).id;
    const params = { id };
    const answers = [
      await callRoute(providers.GET),
      await patch(id, { name: "Renamed", key }),
      await patch(id, { baseUrl: "https://elsewhere.example/v1" }),
      await callRoute(savedTest.POST, { params, body: {} }),
      // A server that refuses a key quotes it.
      await callRoute(connectionTest.POST, { body: { ...connection(), key: `${key}-wrong` } }),
      await callRoute(found.GET),
      await callRoute(models.GET),
      await callRoute(modelOptions.GET),
      await callRoute(model.PATCH, { params: { id: modelId }, body: { label: "X" } }),
      await callRoute(settings.GET),
      await callRoute(provider.DELETE, { params }),
    ];
    const sealed = /v1\.[\w-]{20}/;
    for (const { text } of answers) {
      expect(text).not.toContain(key);
      expect(text).not.toMatch(sealed);
    }
  });

  it("may not point to an address that the policy refuses", async () => {
    const { id } = await connect();
    for (const baseUrl of [
      "http://10.0.0.1/v1",
      "https://user:pw@api.example.com",
      "http://a.example",
    ]) {
      const refused = failure("provider_address_refused", { field: "baseUrl" });
      const body = { ...connection(), baseUrl, name: "X", models: ["m"] };
      expect((await callRoute(providers.POST, { body })).json).toMatchObject(refused);
      expect((await patch(id, { baseUrl, key: "new" })).json).toMatchObject(refused);
    }
    expect(await db().provider.count()).toBe(1);
    expect(await storedKey(id)).toBe(key);
  });

  it.each([
    { baseUrl: "file:///etc/passwd" },
    { baseUrl: 1 },
    { kind: "demo" },
    { key: "sk\r\nHost: evil" },
    { key: "密钥" },
    { models: [] },
    { models: ["\u0000"] },
    { name: "" },
    { encryptedKey: "x" },
  ])("is refused with %j", async (wrong) => {
    const body = { ...connection(), name: "X", models: ["m"], ...wrong };
    expect((await callRoute(providers.POST, { body })).status).toBe(400);
    expect(await db().provider.count()).toBe(0);
  });

  it("moves to another origin only together with a key", async () => {
    const { id } = await connect();
    const elsewhere = "https://elsewhere.example/v1";
    for (const baseUrl of [elsewhere, scripted.url.replace("127.0.0.1", "localhost")]) {
      const { status, json } = await patch(id, { baseUrl });
      expect(status).toBe(400);
      expect(json).toMatchObject(failure("invalid_input", { field: "key" }));
    }
    expect((await db().provider.findUniqueOrThrow({ where: { id } })).baseUrl).toBe(scripted.url);
    expect((await patch(id, { baseUrl: elsewhere, key: "sk-new" })).json).toMatchObject({
      baseUrl: elsewhere,
      hasKey: true,
    });
    expect(await storedKey(id)).toBe("sk-new");
  });

  it("moves without its key when the key is given up, and freely when it has none", async () => {
    const { id } = await connect();
    const moved = await patch(id, { baseUrl: "https://elsewhere.example/v1", key: "" });
    expect(moved.json).toMatchObject({ hasKey: false });
    expect(await storedKey(id)).toBeNull();
    expect((await patch(id, { baseUrl: "https://third.example/v1" })).status).toBe(200);
  });

  it("keeps its key when the path changes at the same origin", async () => {
    const { id } = await connect();
    const baseUrl = scripted.url.replace("/v1", "/other/v2");
    expect((await patch(id, { baseUrl, name: "Renamed" })).json).toMatchObject({
      baseUrl,
      name: "Renamed",
      hasKey: true,
    });
    expect(await storedKey(id)).toBe(key);
  });

  it("never ends up with one admin's key at another admin's address", async () => {
    const { id } = await connect();
    const results = await Promise.all([
      patch(id, { baseUrl: "https://a.example", key: "sk-a" }),
      patch(id, { baseUrl: "https://b.example", key: "sk-b" }),
      patch(id, { key: "sk-original-host" }),
    ]);
    const row = await db().provider.findUniqueOrThrow({ where: { id } });
    const pair = [row.baseUrl, await storedKey(id)];
    expect([
      ["https://a.example", "sk-a"],
      ["https://b.example", "sk-b"],
    ]).toContainEqual(pair);
    expect(results.map(({ status }) => status).toSorted()).not.toContain(500);
  });

  it("hides its models while it is switched off, and takes them along when removed", async () => {
    const { id } = await connect();
    await patch(id, { isEnabled: false });
    expect((await callRoute(modelOptions.GET)).json).toEqual({ models: [] });
    expect((await callRoute(provider.DELETE, { params: { id } })).status).toBe(204);
    expect(await db().model.count()).toBe(0);
  });
});

describe("the demo", () => {
  it("is offered once, however often it is asked for", async () => {
    await Promise.all([callRoute(demo.POST), callRoute(demo.POST), callRoute(demo.POST)]);
    const { json } = await callRoute(models.GET);
    expect((json as { models: Model[] }).models).toMatchObject([
      { name: "parley-demo", isDemo: true, isEnabled: true },
    ]);
  });

  it("can be renamed and switched off, but not pointed anywhere", async () => {
    const { json } = await callRoute(demo.POST);
    const { id } = json as Provider;
    expect((await patch(id, { baseUrl: "https://a.example" })).status).toBe(409);
    expect((await patch(id, { key: "sk-x" })).status).toBe(409);
    expect((await patch(id, { name: "Try me", isEnabled: false })).status).toBe(200);
    await callRoute(demo.POST);
    expect((await callRoute(modelOptions.GET)).json).toMatchObject({
      models: [{ providerName: "Try me" }],
    });
    expect((await callRoute(savedTest.POST, { params: { id }, body: {} })).json).toMatchObject({
      isOk: true,
    });
  });
});

describe("the settings of the instance", () => {
  it("are read and changed within their bounds", async () => {
    expect((await callRoute(settings.PATCH, { body: { dearTokens: 7000 } })).json).toMatchObject({
      dearTokens: 7000,
    });
    expect((await callRoute(settings.GET)).json).toMatchObject({ dearTokens: 7000 });
    for (const body of [
      { dearTokens: 0 },
      { contextPolicy: { kind: "rounds" } },
      { other: 1 },
      [],
    ]) {
      expect((await callRoute(settings.PATCH, { body })).status).toBe(400);
    }
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import * as key from "@/app/api/admin/providers/[id]/keys/[keyId]/route";
import * as keys from "@/app/api/admin/providers/[id]/keys/route";
import * as provider from "@/app/api/admin/providers/[id]/route";
import * as providers from "@/app/api/admin/providers/route";
import type { ErrorCode } from "@/lib/contracts/errors";
import { limits } from "@/lib/contracts/limits";
import type { Provider, ProviderKeyInfo } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "../db/client";
import {
  clearKeyAside,
  findInstanceKeys,
  replaceMemberKey,
  setKeyAside,
} from "../db/provider-keys";
import { makeUser, useTestDatabase } from "../db/testing";
import { readProviderKeys, sealProviderKey } from "./provider-key";
import { callRoute } from "./testing-call";

const session = vi.hoisted<{ actor: Actor | null }>(() => ({ actor: null }));

vi.mock("../auth/actor", () => ({
  requireActor: () =>
    session.actor === null
      ? Promise.reject(new AppError("unauthorized"))
      : Promise.resolve(session.actor),
}));

useTestDatabase();

const canary = "sk-canary-7f3a";
let admin: Actor;

beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  session.actor = admin;
});

async function connect(extra: Record<string, unknown> = {}): Promise<Provider> {
  const { json, status } = await callRoute(providers.POST, {
    body: {
      kind: "openai-compatible",
      name: "Somewhere",
      baseUrl: "https://provider.example/v1",
      key: `${canary}-1`,
      models: ["m"],
      ...extra,
    },
  });
  expect(status).toBe(200);
  return json as Provider;
}

const patchProvider = (id: string, body: unknown) =>
  callRoute(provider.PATCH, { params: { id }, body });
const addKey = (id: string, body: unknown) => callRoute(keys.POST, { params: { id }, body });
const patchKey = (id: string, keyId: string, body: unknown) =>
  callRoute(key.PATCH, { params: { id, keyId }, body });
const removeKey = (id: string, keyId: string) => callRoute(key.DELETE, { params: { id, keyId } });

async function listed(id: string): Promise<ProviderKeyInfo[]> {
  const { json } = await callRoute(providers.GET);
  const found = (json as { providers: Provider[] }).providers.find((one) => one.id === id);
  return found?.keys ?? [];
}

/** The keys that calls are made with, in their order. */
async function openKeys(providerId: string): Promise<string[]> {
  const baseUrl = "https://provider.example/v1";
  const sealed = await findInstanceKeys(admin, providerId);
  return readProviderKeys({
    source: "admin",
    kind: "openai-compatible",
    baseUrl,
    keys: sealed,
  }).map((one) => one.key);
}

const failure = (code: string, details: object) => ({
  error: expect.objectContaining({ code, details: expect.objectContaining(details) }),
});

describe("the keys of a provider", () => {
  it("are added, named by their owner or numbered, and used in turn", async () => {
    const { id } = await connect();
    const second = await addKey(id, { key: `${canary}-2` });
    expect(second).toMatchObject({ status: 200, json: { label: "2", isEnabled: true } });
    await addKey(id, { key: `${canary}-3`, label: "Team B" });
    expect((await listed(id)).map(({ label }) => label)).toEqual(["1", "2", "Team B"]);
    expect(await openKeys(id)).toEqual([`${canary}-1`, `${canary}-2`, `${canary}-3`]);
  });

  it("get a number that none of them has", async () => {
    const { id } = await connect();
    await addKey(id, { key: "sk-2" });
    const [first] = await listed(id);
    await removeKey(id, first?.id ?? "");
    expect((await addKey(id, { key: "sk-3" })).json).toMatchObject({ label: "3" });
  });

  it("are renamed and switched off, and a key that is off is not used", async () => {
    const {
      id,
      keys: [first],
    } = await connect();
    await addKey(id, { key: `${canary}-2` });
    const keyId = first?.id ?? "";
    const patched = await patchKey(id, keyId, { label: "Old", isEnabled: false });
    expect(patched.json).toMatchObject({ id: keyId, label: "Old", isEnabled: false });
    expect(await openKeys(id)).toEqual([`${canary}-2`]);
    await patchKey(id, keyId, { isEnabled: true });
    expect(await openKeys(id)).toHaveLength(2);
  });

  it("say when and why one was set aside, and it goes back into use by hand", async () => {
    const {
      id,
      keys: [first],
    } = await connect();
    await addKey(id, { key: `${canary}-2` });
    const keyId = first?.id ?? "";
    await setKeyAside({ system: "test" }, keyId, { code: "provider_key_refused", until: null });
    expect((await listed(id))[0]).toMatchObject({
      standing: "aside",
      asideCode: "provider_key_refused",
      asideAt: expect.stringMatching(/^\d{4}-/),
      asideUntil: null,
    });
    const back = await patchKey(id, keyId, { isAside: false });
    expect(back.json).toMatchObject({ standing: "in_use", asideCode: null, asideAt: null });
    expect((await patchKey(id, keyId, { isAside: true })).status).toBe(400);
  });

  it("that is the last in use stays so, with the first time that it was refused", async () => {
    const {
      id,
      keys: [only],
    } = await connect();
    const refuse = (code: ErrorCode) =>
      setKeyAside({ system: "test" }, only?.id ?? "", { code, until: null });
    expect(await refuse("provider_key_refused")).toBe(false);
    const [noted] = await listed(id);
    expect(noted).toMatchObject({ standing: "refused", asideCode: "provider_key_refused" });
    expect(await openKeys(id)).toHaveLength(1);
    await refuse("provider_key_refused");
    expect((await listed(id))[0]).toEqual(noted);
    await refuse("provider_out_of_credit");
    expect((await listed(id))[0]).toMatchObject({ asideCode: "provider_out_of_credit" });
    await clearKeyAside({ system: "test" }, only?.id ?? "");
    expect((await listed(id))[0]).toMatchObject({ standing: "in_use", asideAt: null });
  });

  it("are removed, down to none", async () => {
    const {
      id,
      keys: [first],
    } = await connect();
    expect((await removeKey(id, first?.id ?? "")).status).toBe(204);
    expect((await removeKey(id, first?.id ?? "")).status).toBe(404);
    expect(await openKeys(id)).toEqual([]);
  });

  it("are never in an answer, neither open nor sealed nor in part", async () => {
    const created = await connect();
    const { id } = created;
    const added = await addKey(id, { key: `${canary}-2`, label: "B" });
    const keyId = (added.json as ProviderKeyInfo).id;
    const answers = [
      JSON.stringify(created),
      added.text,
      (await patchKey(id, keyId, { label: "C" })).text,
      (await patchProvider(id, { callSettings: { attempts: 1 } })).text,
      (await callRoute(providers.GET)).text,
      (await addKey(id, { key: `${canary} with spaces` })).text,
      (await removeKey(id, keyId)).text,
    ];
    for (const text of answers) {
      expect(text).not.toContain("canary");
      expect(text).not.toMatch(/v1\.[\w-]{20}/);
    }
  });

  it.each([{ key: "" }, { key: "sk\r\nHost: evil" }, { key: "密钥" }, { label: "no key" }, {}])(
    "are refused as %j",
    async (body) => {
      const { id } = await connect();
      expect((await addKey(id, body)).status).toBe(400);
      expect(await listed(id)).toHaveLength(1);
    },
  );

  it(`are at most ${String(limits.keysPerProvider)}, also when several admins add at once`, async () => {
    const { id } = await connect();
    const results = await Promise.all(
      Array.from({ length: limits.keysPerProvider + 2 }, (_, index) =>
        addKey(id, { key: `sk-${String(index)}` }),
      ),
    );
    const refused = results.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.json).toMatchObject(failure("conflict", { reason: "too_many" }));
    expect(await listed(id)).toHaveLength(limits.keysPerProvider);
  });

  it("cannot be reached through another provider, nor a member's own at all", async () => {
    const mine = await connect();
    const other = await connect({ name: "Other" });
    const keyId = mine.keys[0]?.id ?? "";
    expect((await patchKey(other.id, keyId, { isEnabled: false })).status).toBe(404);
    expect((await removeKey(other.id, keyId)).status).toBe(404);

    await patchProvider(mine.id, { allowsMemberKeys: true });
    const own = sealProviderKey("sk-own", "mine");
    if (own === null) throw new Error("not sealed");
    await replaceMemberKey(await makeUser(), mine.id, own);
    expect((await patchKey(mine.id, own.id, { label: "stolen" })).status).toBe(404);
    expect((await removeKey(mine.id, own.id)).status).toBe(404);
    expect(await listed(mine.id)).toHaveLength(1);
  });

  it("are closed to members", async () => {
    const {
      id,
      keys: [first],
    } = await connect();
    session.actor = await makeUser();
    expect((await addKey(id, { key: "sk-x" })).status).toBe(403);
    expect((await patchKey(id, first?.id ?? "", { isEnabled: false })).status).toBe(403);
    expect((await removeKey(id, first?.id ?? "")).status).toBe(403);
    expect(await openKeys(id)).toEqual([`${canary}-1`]);
  });

  it("cannot be added to what comes from the environment", async () => {
    const { id } = await connect();
    await db().provider.update({ where: { id }, data: { source: "environment" } });
    const refused = await addKey(id, { key: "sk-x" });
    expect(refused.json).toMatchObject(failure("conflict", { reason: "environment" }));
  });
});

describe("a provider that moves to another origin", () => {
  it("brings a key, loses the others, and members' keys go", async () => {
    const { id } = await connect();
    await addKey(id, { key: `${canary}-2` });
    await patchProvider(id, { allowsMemberKeys: true });
    const own = sealProviderKey("sk-own", "mine");
    if (own === null) throw new Error("not sealed");
    await replaceMemberKey(await makeUser(), id, own);

    const baseUrl = "https://elsewhere.example/v1";
    const refused = await patchProvider(id, { baseUrl });
    expect(refused.json).toMatchObject(failure("invalid_input", { field: "key" }));
    expect(await db().providerKey.count()).toBe(3);

    expect((await patchProvider(id, { baseUrl, key: "sk-new" })).status).toBe(200);
    expect(await openKeys(id)).toEqual(["sk-new"]);
    expect(await db().providerKey.count()).toBe(1);
  });
});

describe("how a provider is called", () => {
  it("is kept as it was set, whole, and empty means the instance's", async () => {
    const { id } = await connect();
    const callSettings = { firstTokenTimeoutSeconds: 300, attempts: 1, concurrency: 4 };
    expect((await patchProvider(id, { callSettings })).json).toMatchObject({ callSettings });
    const less = { callSettings: { concurrency: 2 } };
    expect((await patchProvider(id, less)).json).toMatchObject(less);
    expect((await patchProvider(id, { callSettings: {} })).json).toMatchObject({
      callSettings: {},
    });
  });

  it.each([
    { attempts: 0 },
    { attempts: 4 },
    { concurrency: 0 },
    { concurrency: 1.5 },
    { idleTimeoutSeconds: 0 },
    { totalTimeoutSeconds: 86_401 },
    { connectTimeoutSeconds: "10" },
    { other: 1 },
  ])("is refused as %j", async (callSettings) => {
    const { id } = await connect();
    expect((await patchProvider(id, { callSettings })).status).toBe(400);
  });

  it("is an admin's to say for the environment's provider, too; its address is not", async () => {
    const { id } = await connect();
    await db().provider.update({ where: { id }, data: { source: "environment" } });
    const ours = { callSettings: { attempts: 2 }, allowsMemberKeys: true };
    expect((await patchProvider(id, ours)).json).toMatchObject(ours);
    for (const body of [{ name: "X" }, { key: "sk-x" }, { ...ours, isEnabled: false }])
      expect((await patchProvider(id, body)).status).toBe(409);
  });
});

describe("Azure", () => {
  const azure = { kind: "azure", baseUrl: "https://team.openai.azure.com", models: ["our-gpt"] };

  it("needs its API version, and keeps it", async () => {
    const body = { ...azure, name: "Azure", key: "sk-x" };
    expect((await callRoute(providers.POST, { body })).json).toMatchObject(
      failure("invalid_input", { field: "apiVersion" }),
    );
    const { id } = await connect({ ...azure, apiVersion: "2024-10-21" });
    expect((await patchProvider(id, { apiVersion: "v1" })).json).toMatchObject({
      kind: "azure",
      apiVersion: "v1",
    });
    expect((await patchProvider(id, { apiVersion: "latest" })).status).toBe(400);
  });

  it("is the only one that has one", async () => {
    const refused = failure("invalid_input", { field: "apiVersion", reason: "not_azure" });
    const { id, ...elsewhere } = await connect();
    expect(elsewhere.apiVersion).toBeNull();
    expect((await patchProvider(id, { apiVersion: "v1" })).json).toMatchObject(refused);
    const body = { kind: "openai", name: "X", baseUrl: "https://a.example", models: ["m"] };
    const created = await callRoute(providers.POST, { body: { ...body, apiVersion: "v1" } });
    expect(created.json).toMatchObject(refused);
  });
});

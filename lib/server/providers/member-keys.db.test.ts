import { beforeEach, describe, expect, it, vi } from "vitest";
import * as adminProviders from "@/app/api/admin/providers/route";
import * as options from "@/app/api/models/route";
import * as ownKey from "@/app/api/me/provider-keys/[id]/route";
import * as ownKeys from "@/app/api/me/provider-keys/route";
import type { MemberProvider } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { resolveAlias } from "../db/aliases";
import { db } from "../db/client";
import { findModelOptions } from "../db/models";
import { deleteInstanceKey, setKeyAside, updateInstanceKey } from "../db/provider-keys";
import { insertProvider, updateProvider, type ProviderChange } from "../db/providers";
import { testModel } from "../db/testing-models";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
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

const canary = "sk-own-canary-5d1e";
const baseUrl = "https://api.example.com/v1";
let admin: Actor;
let mia: Actor;
let noah: Actor;
let providerId: string;

beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  mia = await makeUser({ name: "Mia" });
  noah = await makeUser({ name: "Noah" });
  providerId = newId();
  await insertProvider(admin, {
    id: providerId,
    name: "Provider",
    kind: "openai-compatible",
    baseUrl,
    apiVersion: null,
    key: sealProviderKey("sk-shared", "1"),
    source: "admin",
    models: [testModel("m")],
  });
  await change({ allowsMemberKeys: true });
});

const change = (patch: ProviderChange, from = baseUrl) =>
  updateProvider(admin, { id: providerId, baseUrl: from }, patch);

function as(actor: Actor) {
  session.actor = actor;
  const params = { id: providerId };
  return {
    put: (body: object) => callRoute(ownKey.PUT, { params, body }),
    remove: () => callRoute(ownKey.DELETE, { params }),
    read: async () => {
      const { json } = await callRoute(ownKeys.GET);
      return (json as { providers: MemberProvider[] }).providers;
    },
  };
}

/** The keys that a turn of this user would be made with. */
async function keysOf(actor: Actor): Promise<string[]> {
  const provider = (await resolveAlias(actor, null))?.targets[0]?.provider;
  return provider === undefined ? [] : readProviderKeys(provider).map(({ key }) => key);
}

describe("a member's own key", () => {
  it("is used for this member's calls, and for nobody else's", async () => {
    expect((await as(mia).put({ key: canary })).status).toBe(200);
    expect(await keysOf(mia)).toEqual([canary]);
    expect(await keysOf(noah)).toEqual(["sk-shared"]);
    expect(await keysOf(admin)).toEqual(["sk-shared"]);
  });

  it("is told to nobody: not to its owner, to another member, to an admin, nor in the database", async () => {
    const answers = [await as(mia).put({ key: canary }), await callRoute(ownKeys.GET)];
    answers.push(await callRoute(options.GET));
    session.actor = noah;
    answers.push(await callRoute(ownKeys.GET), await callRoute(options.GET));
    session.actor = admin;
    answers.push(await callRoute(ownKeys.GET), await callRoute(adminProviders.GET));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(JSON.stringify(answers)).not.toContain("canary");
    const rows = [await db().providerKey.findMany(), await db().provider.findMany()];
    expect(JSON.stringify(rows)).not.toContain("canary");
  });

  it("is not seen by another, who can't touch it either", async () => {
    await as(mia).put({ key: canary });
    const [row] = await db().providerKey.findMany({ where: { userId: mia.userId } });
    const keyId = row?.id ?? "";
    expect((await as(noah).read())[0]?.key).toBeNull();
    expect((await as(noah).remove()).status).toBe(404);
    expect((await as(admin).remove()).status).toBe(404);
    const notFound = { code: "not_found" };
    const target = { providerId, keyId };
    await expect(updateInstanceKey(admin, target, { isEnabled: false })).rejects.toMatchObject(
      notFound,
    );
    await expect(deleteInstanceKey(admin, target)).rejects.toMatchObject(notFound);
    session.actor = admin;
    expect((await callRoute(adminProviders.GET)).text).not.toContain(keyId);
    await as(noah).put({ key: "sk-noah" });
    expect(await keysOf(mia)).toEqual([canary]);
    expect(await keysOf(noah)).toEqual(["sk-noah"]);
  });

  it("takes the place of the one before, also when many come at once", async () => {
    const { put } = as(mia);
    await Promise.all(["1", "2", "3", "4"].map((end) => put({ key: `sk-${end}` })));
    expect(await db().providerKey.count({ where: { userId: mia.userId } })).toBe(1);
    await put({ key: ` ${canary} ` });
    expect(await keysOf(mia)).toEqual([canary]);
    await as(mia).remove();
    expect(await keysOf(mia)).toEqual(["sk-shared"]);
  });

  it("is refused where it is no key, or not for this host", async () => {
    const { put } = as(mia);
    for (const body of [{ key: "" }, { key: "   " }, { key: "sk with spaces" }, {}])
      expect((await put(body)).status).toBe(400);
    expect(await put({ key: canary, host: "api.elsewhere.example" })).toMatchObject({
      status: 409,
      json: { error: { code: "conflict", details: { field: "host" } } },
    });
    expect(await db().providerKey.count({ where: { userId: mia.userId } })).toBe(0);
    expect((await put({ key: canary, host: "api.example.com" })).status).toBe(200);
  });

  it("is taken only where an admin allows it", async () => {
    await change({ allowsMemberKeys: false });
    expect((await as(mia).put({ key: canary })).status).toBe(404);
    expect(await as(mia).read()).toEqual([]);
    await change({ allowsMemberKeys: true, isEnabled: false });
    expect((await as(mia).put({ key: canary })).status).toBe(404);
    expect(await db().providerKey.count({ where: { userId: mia.userId } })).toBe(0);
  });

  it("is not used once that is over, and can still be removed", async () => {
    await as(mia).put({ key: canary });
    await change({ allowsMemberKeys: false });
    expect(await keysOf(mia)).toEqual(["sk-shared"]);
    expect(await as(mia).read()).toMatchObject([{ id: providerId, takesKeys: false, key: {} }]);
    expect(await as(noah).read()).toEqual([]);
    expect((await as(mia).remove()).status).toBe(204);
    expect(await as(mia).read()).toEqual([]);
  });

  it("is dropped when its provider moves to another origin, and stays for another path", async () => {
    await as(mia).put({ key: canary });
    const samePlace = "https://api.example.com/v2";
    await change({ baseUrl: samePlace });
    expect(await keysOf(mia)).toEqual([canary]);
    await change({ baseUrl: "https://api.elsewhere.example/v1" }, samePlace);
    expect(await db().providerKey.count({ where: { userId: mia.userId } })).toBe(0);
  });

  it("goes with its owner's account, and with its provider", async () => {
    await as(mia).put({ key: canary });
    await as(noah).put({ key: "sk-noah" });
    await db().user.delete({ where: { id: mia.userId } });
    expect(await db().providerKey.count({ where: { userId: { not: null } } })).toBe(1);
    await db().provider.delete({ where: { id: providerId } });
    expect(await db().providerKey.count()).toBe(0);
  });

  it("says so when it was refused, and is still the one that is used", async () => {
    await as(mia).put({ key: canary });
    const [row] = await db().providerKey.findMany({ where: { userId: mia.userId } });
    const refusal = { code: "provider_key_refused", until: null } as const;
    await setKeyAside({ system: "test" }, row?.id ?? "", refusal);
    expect((await as(mia).read())[0]?.key).toMatchObject({ asideCode: "provider_key_refused" });
    expect(await keysOf(mia)).toEqual([canary]);
    await as(mia).put({ key: "sk-better" });
    expect((await as(mia).read())[0]?.key).toMatchObject({ asideCode: null });
  });

  it("is asked for where the instance has none", async () => {
    await change({ key: null });
    const needsOwnKey = async (actor: Actor) => (await findModelOptions(actor))[0]?.needsOwnKey;
    expect(await as(mia).read()).toMatchObject([
      {
        name: "Provider",
        host: "api.example.com",
        hasSharedKey: false,
        takesKeys: true,
        key: null,
      },
    ]);
    expect(await needsOwnKey(mia)).toBe(true);
    await as(mia).put({ key: canary });
    expect(await needsOwnKey(mia)).toBe(false);
    expect(await needsOwnKey(noah)).toBe(true);
  });
});

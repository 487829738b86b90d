import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import type { Actor } from "@/lib/domain/actor";
import type * as presets from "@/lib/domain/providers/presets";
import { db } from "../db/client";
import { resolveAlias, updateAlias } from "../db/aliases";
import { findModels, updateModel } from "../db/models";
import { makeUser, useTestDatabase } from "../db/testing";
import { EnvError, type Env } from "../env";
import type * as environment from "../env";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { findFoundProviders } from "../providers/find-found";
import { changeProvider, listProviders, removeProvider } from "../providers/manage-providers";
import { readProviderKeys } from "../providers/provider-key";
import { getSetupStep } from "../setup/state";
import { seed } from "./seed";

const keyOf = (provider: Parameters<typeof readProviderKeys>[0]) =>
  readProviderKeys(provider)[0]?.key ?? null;

const firstModel = async () => (await resolveAlias(actor, null))?.targets[0] ?? null;

const given = vi.hoisted<{ env: Partial<Env>; localUrl: string }>(() => ({
  env: {},
  localUrl: "",
}));

vi.mock("../env", async (importOriginal) => {
  const original = await importOriginal<typeof environment>();
  return { ...original, env: () => ({ ...original.env(), ...given.env }) };
});

// "This machine's" Ollama is the scripted server.
vi.mock("@/lib/domain/providers/presets", async (importOriginal) => {
  const original = await importOriginal<typeof presets>();
  const local = { kind: "ollama", name: "Ollama", needsKey: false };
  return {
    ...original,
    get providerPresets() {
      const [openAiPreset] = original.providerPresets;
      return [openAiPreset, { ...local, baseUrl: given.localUrl }];
    },
  };
});

useTestDatabase();

let scripted: ScriptedProvider;
let actor: Actor;

beforeAll(async () => {
  scripted = await startProvider({ key: null });
});
afterAll(() => scripted.close());
beforeEach(async () => {
  given.env = {};
  given.localUrl = "http://127.0.0.1:1/v1";
  actor = await makeUser({ role: "admin" });
});

const openAi = { OPENAI_API_KEY: "sk-environment" };
const offered = async () =>
  (await findModels(actor)).filter(({ isEnabled }) => isEnabled).map(({ name }) => name);

describe("the first admin", () => {
  it("is made from the environment when there is no account, once", async () => {
    await db().user.deleteMany();
    given.env = { ADMIN_EMAIL: "Boss@Example.COM", ADMIN_PASSWORD: "correct horse" };
    expect(await getSetupStep()).toBe("account");
    await Promise.all([seed(), seed()]);
    given.env = { ADMIN_EMAIL: "other@example.com", ADMIN_PASSWORD: "correct horse" };
    await seed();
    expect(await db().user.findMany({ select: { email: true, role: true } })).toEqual([
      { email: "boss@example.com", role: "admin" },
    ]);
    expect(await getSetupStep()).toBe("model");
  });
});

describe("the provider of the environment", () => {
  it("is offered with its models, the first as the default", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a, gpt-b ,,gpt-a" };
    await seed();
    expect(await listProviders(actor)).toMatchObject([
      {
        kind: "openai",
        name: "OpenAI",
        baseUrl: "https://api.openai.com/v1",
        source: "environment",
        hasKey: true,
      },
    ]);
    expect(await offered()).toEqual(["gpt-a", "gpt-b"]);
    expect(await firstModel()).toMatchObject({ name: "gpt-a" });
    expect(await getSetupStep()).toBe("done");
  });

  it("is the one that its address is known for", async () => {
    given.env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: "https://api.openai.com/v1/" };
    await seed();
    expect(await listProviders(actor)).toMatchObject([{ kind: "openai", name: "OpenAI" }]);
    given.env = { ...given.env, OPENAI_BASE_URL: `${given.localUrl}/` };
    await seed();
    expect(await listProviders(actor)).toMatchObject([{ kind: "ollama", name: "Ollama" }]);
  });

  it("offers no model until one is named, here or by an admin", async () => {
    given.env = openAi;
    await seed();
    expect(await offered()).toEqual([]);
    expect(await getSetupStep()).toBe("model");
  });

  it("is called with the environment's key, which is not stored and goes nowhere else", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a" };
    await seed();
    expect(JSON.stringify(await db().provider.findMany())).not.toContain("sk-environment");
    const resolved = await firstModel();
    if (resolved === null) throw new Error("no model");
    expect(keyOf(resolved.provider)).toBe("sk-environment");
    const elsewhere = { ...resolved.provider, baseUrl: "https://elsewhere.example/v1" };
    expect(keyOf(elsewhere)).toBeNull();
    given.env = { OPENAI_API_KEY: "sk-rotated" };
    expect(keyOf(resolved.provider)).toBe("sk-rotated");
  });

  it("is one row, in step with the environment at every start", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a,gpt-b" };
    await Promise.all([seed(), seed(), seed()]);
    given.env = {
      ...openAi,
      OPENAI_BASE_URL: "https://llm.example.com/v1/",
      OPENAI_MODEL: "c,gpt-b",
    };
    await seed();
    expect(await listProviders(actor)).toMatchObject([
      { kind: "openai-compatible", name: "llm.example.com", baseUrl: "https://llm.example.com/v1" },
    ]);
    expect((await offered()).toSorted()).toEqual(["c", "gpt-b"]);
    expect(await firstModel()).toMatchObject({ name: "c" });
  });

  it("leaves alone what an admin decided and the environment did not change", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a,gpt-b,gpt-c" };
    await seed();
    const [, second, third] = await findModels(actor);
    if (second === undefined || third === undefined) throw new Error("no models");
    await updateModel(actor, second.id, { isEnabled: false });
    await updateModel(actor, third.id, { label: "My favourite" });
    await updateAlias(actor, third.id, { isDefault: true });
    await seed();
    expect(await offered()).toEqual(["gpt-a", "gpt-c"]);
    expect(await firstModel()).toMatchObject({ label: "My favourite" });
  });

  it("is switched off when its variables are gone, and on when they are back", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a" };
    await seed();
    given.env = {};
    await seed();
    expect(await listProviders(actor)).toMatchObject([{ isEnabled: false, hasKey: false }]);
    expect(await firstModel()).toBeNull();
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a" };
    await seed();
    expect(await firstModel()).toMatchObject({ name: "gpt-a" });
  });

  it("is not to be changed or removed while the environment gives it", async () => {
    given.env = openAi;
    await seed();
    const [provider] = await listProviders(actor);
    const id = provider?.id ?? "";
    const conflict = { code: "conflict", details: { reason: "environment" } };
    for (const patch of [{ name: "X" }, { key: "sk-x" }, { isEnabled: false }])
      await expect(changeProvider(actor, id, patch)).rejects.toMatchObject(conflict);
    await expect(removeProvider(actor, id)).rejects.toMatchObject(conflict);
    given.env = {};
    await seed();
    await removeProvider(actor, id);
    expect(await listProviders(actor)).toEqual([]);
  });

  it("may be on a private host that only OPENAI_BASE_URL names, and no wider", () => {
    given.env = { OPENAI_BASE_URL: "http://vllm:8000/v1", providerHosts: [] };
    expect(allowedProviderHosts()).toEqual(["vllm:8000"]);
    given.env = { OPENAI_BASE_URL: "https://api.openai.com/v1", providerHosts: [] };
    expect(allowedProviderHosts()).toEqual([]);
  });
});

describe("the Azure of the environment", () => {
  const azure = {
    AZURE_OPENAI_ENDPOINT: "https://mine.openai.azure.com/",
    AZURE_OPENAI_API_KEY: "azure-canary",
    AZURE_OPENAI_API_VERSION: "2024-10-21",
    AZURE_OPENAI_DEPLOYMENT: "chat-a, chat-b",
  };

  it("is offered with its deployments, the first as the default", async () => {
    given.env = azure;
    await seed();
    expect(await listProviders(actor)).toMatchObject([
      {
        kind: "azure",
        name: "Azure OpenAI",
        baseUrl: "https://mine.openai.azure.com",
        apiVersion: "2024-10-21",
        source: "environment",
        hasKey: true,
      },
    ]);
    expect(await offered()).toEqual(["chat-a", "chat-b"]);
    const resolved = await firstModel();
    expect(resolved).toMatchObject({ name: "chat-a" });
    if (resolved === null) throw new Error("no model");
    expect(keyOf(resolved.provider)).toBe("azure-canary");
  });

  it("stands beside the other one, each with its own key, and OPENAI_MODEL is the default", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a", ...azure };
    await Promise.all([seed(), seed()]);
    const stored = await listProviders(actor);
    expect(stored.map(({ kind }) => kind).toSorted()).toEqual(["azure", "openai"]);
    expect((await offered()).toSorted()).toEqual(["chat-a", "chat-b", "gpt-a"]);
    expect(await firstModel()).toMatchObject({ name: "gpt-a" });
    const keys = stored.map((row) => [row.kind, keyOf({ ...row, keys: [] })]);
    expect(Object.fromEntries(keys)).toEqual({ azure: "azure-canary", openai: "sk-environment" });
    expect(JSON.stringify([stored, await db().provider.findMany()])).not.toContain("canary");
  });

  it("is the default where the other one names no model", async () => {
    given.env = { ...openAi, ...azure };
    await seed();
    expect(await firstModel()).toMatchObject({ name: "chat-a" });
  });

  it("comes and goes without the other one", async () => {
    given.env = { ...openAi, OPENAI_MODEL: "gpt-a", ...azure };
    await seed();
    given.env = azure;
    await seed();
    expect(await firstModel()).toMatchObject({ name: "chat-a" });
    const states = (await listProviders(actor)).map(({ kind, isEnabled }) => [kind, isEnabled]);
    expect(Object.fromEntries(states)).toEqual({ azure: true, openai: false });
    const gone = (await listProviders(actor)).find(({ kind }) => kind === "openai");
    await removeProvider(actor, gone?.id ?? "");
    const [left] = await listProviders(actor);
    await expect(removeProvider(actor, left?.id ?? "")).rejects.toMatchObject({ code: "conflict" });
  });

  it("is found during set-up with the deployments that are named", async () => {
    given.env = azure;
    await seed();
    const [stored] = await listProviders(actor);
    expect(await findFoundProviders(actor)).toMatchObject([
      {
        kind: "azure",
        source: "environment",
        providerId: stored?.id,
        models: ["chat-a", "chat-b"],
      },
    ]);
  });

  it("may be on a private host that only AZURE_OPENAI_ENDPOINT names", () => {
    given.env = { AZURE_OPENAI_ENDPOINT: "http://gateway.lan:8080", providerHosts: [] };
    expect(allowedProviderHosts()).toEqual(["gateway.lan:8080"]);
  });
});

describe("what is found", () => {
  it("is nothing when there is nothing", async () => {
    expect(await findFoundProviders(actor)).toEqual([]);
  });

  it("is the environment's provider with the models that it lists, the named ones first", async () => {
    given.env = { OPENAI_BASE_URL: scripted.url, OPENAI_MODEL: "slow" };
    await seed();
    const [provider] = await listProviders(actor);
    const [found] = await findFoundProviders(actor);
    expect(found).toMatchObject({ source: "environment", providerId: provider?.id });
    expect(found?.models[0]).toBe("slow");
    expect(found?.models).toContain("plain");
  });

  it("is the environment's provider even when it does not answer", async () => {
    given.env = { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
    await seed();
    expect(await findFoundProviders(actor)).toMatchObject([{ source: "environment", models: [] }]);
  });

  it("is a server on this machine, where the operator allows it and until it is connected", async () => {
    given.localUrl = scripted.url;
    expect(await findFoundProviders(actor)).toMatchObject([
      { kind: "ollama", name: "Ollama", baseUrl: scripted.url, source: "local", providerId: null },
    ]);
    given.env = { providerHosts: [] };
    expect(await findFoundProviders(actor)).toEqual([]);
    given.env = {};
    await db().provider.create({
      data: { id: "provider-1", name: "Ollama", kind: "ollama", baseUrl: scripted.url },
    });
    expect(await findFoundProviders(actor)).toEqual([]);
  });
});

describe("the encryption key", () => {
  it("is the same at every start", async () => {
    await seed();
    await seed();
    expect(await db().setting.count({ where: { key: "server:encryption-canary" } })).toBe(1);
  });

  it("stops the start with a sentence when it is not the one that sealed the database", async () => {
    await seed();
    given.env = { encryptionKey: Buffer.alloc(32, 9).toString("base64") };
    const start = seed();
    await expect(start).rejects.toThrow(EnvError);
    await expect(start).rejects.toThrow(/^ENCRYPTION_KEY: is not the key/);
  });
});

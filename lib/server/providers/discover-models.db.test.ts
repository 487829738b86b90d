import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import type { ProviderKind } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { findAliases } from "../db/aliases";
import { insertProvider } from "../db/providers";
import { describeModel } from "./describe-model";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { addModels, discoverModels } from "./discover-models";
import { sealProviderKey } from "./provider-key";

useTestDatabase();

let scripted: ScriptedProvider;
let admin: Actor;

beforeAll(async () => {
  scripted = await startProvider({ key: "sk-test" });
});
afterAll(() => scripted.close());
beforeEach(async () => {
  scripted.reset();
  admin = await makeUser({ role: "admin" });
});

async function connect(
  models: string[],
  { kind = "openai-compatible", key = "sk-test" }: { kind?: ProviderKind; key?: string } = {},
): Promise<string> {
  const id = newId();
  await insertProvider(admin, {
    id,
    name: "Scripted",
    kind,
    baseUrl: scripted.url,
    apiVersion: kind === "azure" ? "2024-10-21" : null,
    key: sealProviderKey(key, "1"),
    source: "admin",
    models: models.map((name) => describeModel(kind, name)),
  });
  return id;
}

describe("the models of a provider", () => {
  it("are those that it lists with the stored key, the added ones marked", async () => {
    const id = await connect(["plain", "retired"]);
    const { hasList, models } = await discoverModels(admin, id);
    expect(hasList).toBe(true);
    const find = (name: string) => models.find((model) => model.name === name);
    expect(find("slow")).toEqual({ name: "slow", modelId: null, isListed: true });
    expect(find("plain")).toMatchObject({ isListed: true, modelId: expect.any(String) as string });
    expect(models.at(-1)).toMatchObject({ name: "retired", isListed: false });
  });

  it("are typed in where there is no list", async () => {
    const id = await connect(["deployment-a"], { kind: "azure" });
    expect(await discoverModels(admin, id)).toMatchObject({
      hasList: false,
      models: [{ name: "deployment-a", isListed: true }],
    });
    expect(scripted.requests()).toEqual([]);
  });

  it("are not told to somebody whose key is refused, nor is the key", async () => {
    const id = await connect(["plain"], { key: "sk-canary" });
    const refusal = await discoverModels(admin, id).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "provider_key_refused" });
    expect(JSON.stringify(refusal)).not.toContain("canary");
  });

  it("are added together, once, each with an alias of its own", async () => {
    const id = await connect(["plain"]);
    const names = ["slow", "plain", "slow", "my own"];
    const added = await addModels(admin, id, names);
    expect(added.map(({ name }) => name)).toEqual(["slow", "plain", "my own"]);
    await Promise.all([addModels(admin, id, ["long"]), addModels(admin, id, ["long"])]);
    expect((await findAliases(admin)).map(({ name }) => name)).toEqual([
      "plain",
      "slow",
      "my own",
      "long",
    ]);
    await expect(addModels(admin, newId(), ["x"])).rejects.toMatchObject({ code: "not_found" });
    const member = await makeUser();
    await expect(addModels(member, id, ["x"])).rejects.toMatchObject({ code: "forbidden" });
    await expect(discoverModels(member, id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

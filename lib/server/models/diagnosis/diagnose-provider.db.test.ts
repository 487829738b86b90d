import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as route from "@/app/api/admin/providers/[id]/test/route";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import { diagnosisSchema, diagnosisStepNames, type Diagnosis } from "@/lib/contracts/diagnosis";
import type { ProviderCreate } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "../../db/client";
import { findModels, requireModel, updateModel } from "../../db/models";
import { findInstanceKeys, setKeyAside } from "../../db/provider-keys";
import { findBalances, makeBudget, storePrice } from "../../db/testing-holds";
import { makeUser, useTestDatabase } from "../../db/testing";
import { newId } from "../../ids";
import { connectProvider, enableDemo } from "../../providers/manage-providers";
import { startDiagnosis } from "./diagnose-provider";

const session = vi.hoisted<{ actor: Actor | null }>(() => ({ actor: null }));

vi.mock("../../auth/actor", () => ({
  requireActor: () =>
    session.actor === null
      ? Promise.reject(new AppError("unauthorized"))
      : Promise.resolve(session.actor),
}));

useTestDatabase();

let scripted: ScriptedProvider;
let actor: Actor;

beforeAll(async () => {
  scripted = await startProvider();
});
afterAll(() => scripted.close());
beforeEach(async () => {
  scripted.reset();
  actor = await makeUser({ role: "admin" });
  session.actor = actor;
});

async function connect(given: Partial<ProviderCreate> = {}) {
  const { id } = await connectProvider(actor, {
    kind: "vllm",
    baseUrl: scripted.dialectUrl("vllm"),
    key: "sk-test",
    name: "Tested",
    models: ["Qwen/Qwen3-32B"],
    ...given,
  });
  const [model] = await findModels(actor);
  return { id, modelId: model?.id ?? "" };
}

type Options = { accept?: string; signal?: AbortSignal };

function post(id: string, body: object = {}, { accept, signal }: Options = {}): Promise<Response> {
  const request = new Request("http://localhost:3000/api", {
    method: "POST",
    headers: {
      host: "localhost:3000",
      origin: "http://localhost:3000",
      "content-type": "application/json",
      ...(accept === undefined ? {} : { accept }),
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  return route.POST(request, { params: Promise.resolve({ id }) });
}

async function diagnoseNow(id: string, body: object = {}): Promise<Diagnosis> {
  const response = await post(id, body);
  expect(response.status).toBe(200);
  return diagnosisSchema.parse(await response.json());
}

describe("what a test uses", () => {
  it("is booked request by request, as the admin's, and charged to the budgets", async () => {
    const { id, modelId } = await connect();
    await storePrice(modelId);
    await makeBudget(10_000_000);
    const { tokens } = await diagnoseNow(id);
    const entries = await db().ledgerEntry.findMany({ orderBy: { number: "asc" } });
    expect(entries.length).toBeGreaterThan(5);
    for (const entry of entries)
      expect(entry).toMatchObject({
        ...{ kind: "diagnosis", userId: actor.userId, modelId, providerId: id },
        ...{ conversationId: null, answerId: null, paidBy: "team" },
      });
    const sum = (of: (entry: (typeof entries)[number]) => number) =>
      entries.reduce((total, entry) => total + of(entry), 0);
    expect(sum((entry) => entry.inputTokens + entry.outputTokens)).toBeGreaterThanOrEqual(tokens);
    expect(await findBalances()).toEqual([
      { used: sum(({ costMicros }) => Number(costMicros)), held: 0 },
    ]);
  });

  it("is held before: a budget without room refuses the test, and nobody is asked", async () => {
    const { id, modelId } = await connect();
    await storePrice(modelId);
    await makeBudget(100_000);
    scripted.forget();
    const response = await post(id);
    expect(await response.json()).toMatchObject({
      error: { code: "budget_exceeded", details: { budget: "Team" } },
    });
    expect(scripted.requests()).toEqual([]);
    expect(await db().hold.count()).toBe(0);
    // And again: it is not running.
    expect((await post(id)).status).toBe(response.status);
  });

  it("is settled also when whoever asked has left", async () => {
    const { id, modelId } = await connect();
    await storePrice(modelId);
    await makeBudget(10_000_000);
    const leaving = new AbortController();
    const answer = post(id, {}, { signal: leaving.signal });
    await expect.poll(() => scripted.requests().length).toBeGreaterThan(1);
    leaving.abort();
    await answer;
    await expect.poll(async () => (await findBalances())[0]?.held).toBe(0);
  });
});

describe("a test of a saved provider", () => {
  it("is kept with the model that was tried, and written into its card", async () => {
    const { id, modelId } = await connect();
    const diagnosis = await diagnoseNow(id);
    expect(diagnosis).toMatchObject({ isOk: true, modelId, modelName: "Qwen/Qwen3-32B" });
    expect(diagnosis.requests).toBeGreaterThan(5);
    expect(diagnosis.tokens).toBeGreaterThan(0);
    const model = await requireModel(actor, modelId);
    expect(model.diagnosis).toEqual(diagnosis);
    expect(model.card).toMatchObject({
      source: "diagnosis",
      checkedAt: diagnosis.checkedAt,
      capabilities: { tools: "yes", vision: "no", reasoning: "yes" },
      reasoningField: "reasoning",
      reasoningEfforts: ["none", "high"],
    });
  });

  it("leaves alone what a person has set", async () => {
    const { id, modelId } = await connect();
    const { card } = await requireModel(actor, modelId);
    await updateModel(actor, modelId, {
      card: {
        ...card,
        capabilities: { ...card.capabilities, vision: "yes" },
        parameters: { ...card.parameters, seed: "no" },
        reasoningField: "reasoning_content",
        fixed: ["capabilities.vision", "parameters.seed", "reasoningField"],
      },
    });
    await diagnoseNow(id);
    expect((await requireModel(actor, modelId)).card).toMatchObject({
      capabilities: { vision: "yes", tools: "yes" },
      parameters: { seed: "no", n: "yes" },
      reasoningField: "reasoning_content",
      fixed: ["capabilities.vision", "parameters.seed", "reasoningField"],
    });
  });

  it("changes nothing of a card when it ends early, but is kept", async () => {
    const { id, modelId } = await connect({ key: "sk-wrong" });
    const { card: before } = await requireModel(actor, modelId);
    expect(await diagnoseNow(id)).toMatchObject({ isOk: false });
    const model = await requireModel(actor, modelId);
    expect(model.card).toEqual(before);
    expect(model.diagnosis?.steps[2]).toMatchObject({
      name: "key",
      finding: "bad",
      errorCode: "provider_key_refused",
    });
  });

  it("keeps nothing of a quick one", async () => {
    const { id, modelId } = await connect();
    const diagnosis = await diagnoseNow(id, { isQuick: true });
    expect(diagnosis.steps.find(({ name }) => name === "answers")?.finding).toBe("skipped");
    expect((await requireModel(actor, modelId)).diagnosis).toBeNull();
  });

  it("tries the model that is asked for, of this provider only", async () => {
    const name = "meta-llama/Llama-3.1-8B-Instruct";
    const { id } = await connect({ models: ["Qwen/Qwen3-32B", name] });
    const second = (await findModels(actor)).find((model) => model.name === name);
    expect(await diagnoseNow(id, { modelId: second?.id })).toMatchObject({ modelName: name });
    expect((await post(id, { modelId: newId() })).status).toBe(404);
    const other = await connect({ name: "Other" });
    expect((await post(other.id, { modelId: second?.id })).status).toBe(404);
  });

  it("speaks Azure's dialect to Azure", async () => {
    const { id } = await connect({
      kind: "azure",
      baseUrl: scripted.dialectUrl("azure"),
      apiVersion: "2024-10-21",
      models: ["gpt-deployment"],
    });
    expect((await diagnoseNow(id)).isOk).toBe(true);
    const [first] = scripted.requests();
    expect(first).toMatchObject({
      path: "/dialect/azure/openai/deployments/gpt-deployment/chat/completions",
      query: { "api-version": "2024-10-21" },
      isKeyRight: true,
    });
  });

  it("finds the demo well, without asking anybody", async () => {
    const { id } = await enableDemo(actor);
    expect(await diagnoseNow(id)).toMatchObject({ isOk: true, requests: 0 });
    expect(scripted.requests()).toHaveLength(0);
  });

  it("never shows a key, an address or a word of the provider", async () => {
    const canary = "sk-CANARY-5d1f";
    for (const [kind, name] of [
      ["openai", "openai"],
      ["deepseek", "deepseek"],
      ["dashscope", "dashscope"],
      ["ark", "ark"],
    ] as const) {
      const { id } = await connect({
        kind,
        baseUrl: scripted.dialectUrl(name),
        key: canary,
        models: [`m-${name}`],
        name,
      });
      const text = await (await post(id)).text();
      expect(text).toContain("provider_key_refused");
      expect(text).not.toMatch(/CANARY|127\.0\.0\.1|Incorrect|Authentication|invalid"|API key/);
    }
    const rows = await db().model.findMany({ select: { diagnosis: true, card: true } });
    expect(JSON.stringify(rows)).not.toContain(canary);
  });
});

describe("the steps of a test", () => {
  const accept = "text/event-stream";

  it("come as they are done, and the whole behind them", async () => {
    const { id } = await connect();
    const response = await post(id, {}, { accept });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const events = (await response.text())
      .split("\n\n")
      .filter((line) => line !== "")
      .map(
        (line) =>
          JSON.parse(line.replace(/^data: /, "")) as {
            step?: { name: string };
            diagnosis?: unknown;
          },
      );
    expect(events.slice(0, -1).map(({ step }) => step?.name)).toEqual([...diagnosisStepNames]);
    const { steps } = diagnosisSchema.parse(events.at(-1)?.diagnosis);
    expect(steps).toEqual(events.slice(0, -1).map(({ step }) => step));
  });

  it("stop at the provider too when whoever asked has left, and nothing is kept", async () => {
    const { id, modelId } = await connect({ models: ["Qwen/Qwen3-32B!stall-headers"] });
    const response = await post(id, {}, { accept });
    await expect.poll(() => scripted.requests().length).toBe(1);
    await response.body?.cancel();
    await expect.poll(() => scripted.requests()[0]?.isClosedByClient).toBe(true);
    expect((await requireModel(actor, modelId)).diagnosis).toBeNull();
    // And the next one may begin.
    expect((await diagnoseNow(id, { isQuick: true })).isOk).toBe(true);
  });

  it("stop too when the connection of a plain request goes", async () => {
    const { id } = await connect({ models: ["Qwen/Qwen3-32B!stall-headers"] });
    const controller = new AbortController();
    const response = post(id, {}, { signal: controller.signal });
    await expect.poll(() => scripted.requests().length).toBe(1);
    controller.abort();
    expect((await response).status).toBe(409);
    await expect.poll(() => scripted.requests()[0]?.isClosedByClient).toBe(true);
  });
});

describe("tests of one provider", () => {
  it("run one at a time", async () => {
    const { id } = await connect();
    const answers = await Promise.all([post(id), post(id), post(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await post(id)).status).toBe(200);
  });

  it("are limited for each admin", async () => {
    const { id } = await connect({ models: ["nobody"] });
    for (let count = 0; count < 30; count += 1) await post(id, { isQuick: true });
    expect((await post(id)).status).toBe(429);
  });

  it("are for admins", async () => {
    const { id } = await connect();
    const member = await makeUser();
    const { signal } = new AbortController();
    await expect(startDiagnosis(member, id, { isQuick: true }, signal)).rejects.toMatchObject({
      code: "forbidden",
    });
    session.actor = member;
    expect((await post(id)).status).toBe(403);
  });
});

describe("an only key that was refused at a call", () => {
  const noteRefused = async (providerId: string) => {
    const [key] = await findInstanceKeys(actor, providerId);
    const code = "provider_key_refused";
    await setKeyAside({ system: "test" }, key?.id ?? "", { code, until: null });
    return db().providerKey.findFirstOrThrow();
  };

  it("is in order again once a test was answered with it", async () => {
    const { id } = await connect();
    expect(await noteRefused(id)).toMatchObject({ asideCode: "provider_key_refused" });
    await diagnoseNow(id);
    expect(await db().providerKey.findFirstOrThrow()).toMatchObject({ asideCode: null });
  });

  it("stays marked where the test was refused too", async () => {
    const { id } = await connect({ key: "sk-wrong" });
    const before = await noteRefused(id);
    await diagnoseNow(id);
    expect(await db().providerKey.findFirstOrThrow()).toEqual(before);
  });
});

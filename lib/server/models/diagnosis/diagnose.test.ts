import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dialectNames, findDialectRules, type DialectName } from "@/e2e/provider/dialects/find";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import { diagnose } from "./diagnose";
import { examine } from "./testing-diagnosis";

let provider: ScriptedProvider;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.reset();
});

function examineDialect(name: DialectName, modelName: string, options = {}) {
  return examine(
    {
      kind: name === "strict-gateway" ? "openai-compatible" : name,
      baseUrl: provider.dialectUrl(name),
      apiVersion: name === "azure" ? "2024-10-21" : null,
      key: findDialectRules(name)?.isOpen === true ? null : "sk-test",
      modelName,
    },
    options,
  );
}

describe("the key", () => {
  it("is good only where a made-up one is not", async () => {
    const { findings } = await examineDialect("vllm", "Qwen/Qwen3-32B");
    expect(findings.key).toBe("ok");
    const open = await startProvider({ key: null });
    const { steps } = await examine({ baseUrl: open.url, modelName: "plain" });
    await open.close();
    const key = steps.find(({ name }) => name === "key");
    expect(key).toMatchObject({ finding: "unclear", details: { isChecked: false } });
  });

  it("is not proven by a list that is open to everybody", async () => {
    const target = { baseUrl: provider.dialectUrl("ollama"), kind: "ollama" } as const;
    const quick = await examine({ ...target, key: "sk-wrong" }, { isQuick: true });
    expect(quick.findings.key).toBe("unclear");
    const whole = await examine({ ...target, key: "sk-wrong", modelName: "llama3.2" });
    expect(whole.findings.key).toBe("bad provider_key_refused");
  });

  it.each(dialectNames.filter((name) => findDialectRules(name)?.isOpen !== true))(
    "that %s refuses ends the test there",
    async (name) => {
      const { findings } = await examine({
        kind: name === "strict-gateway" ? "openai-compatible" : name,
        baseUrl: provider.dialectUrl(name),
        apiVersion: "2024-10-21",
        key: "sk-canary-never-shown",
        modelName: Object.keys(findDialectRules(name)?.models ?? {})[0] ?? "",
      });
      expect(findings).toMatchObject({
        reachable: "ok",
        key: "bad provider_key_refused",
        answers: "skipped",
        seed: "skipped",
      });
      expect(provider.requests().length).toBeLessThanOrEqual(3);
    },
  );

  it("is proven by the list alone where only the connection is asked for", async () => {
    const { findings, requests } = await examineDialect("openai", "gpt-strict", { isQuick: true });
    expect(findings).toMatchObject({ key: "ok", models: "ok", answers: "skipped" });
    expect(provider.requests()).toHaveLength(0);
    expect(requests).toBe(2);
    const azure = await examineDialect("azure", "gpt-deployment", { isQuick: true });
    expect(azure.findings).toMatchObject({ reachable: "ok", key: "ok", models: "no" });
  });
});

describe("a provider in a bad hour", () => {
  it.each([
    ["error-500", "bad provider_failed"],
    ["error-402", "bad provider_out_of_credit"],
    ["error-404", "bad provider_model_missing"],
    ["error-429", "bad provider_rate_limited"],
    ["page-instead", "bad provider_incompatible"],
    ["error-instead", "bad provider_rate_limited"],
    ["reset-before-headers", "bad provider_unreachable"],
  ])("%s: answers is %s, and nothing more is asked", async (fault, answers) => {
    const { findings } = await examineDialect("deepseek", `deepseek-chat!${fault}`);
    expect(findings).toMatchObject({ reachable: "ok", models: "ok", answers, streams: "skipped" });
    expect(provider.requests().length).toBeLessThanOrEqual(3);
  });

  it("waits as long as a provider asks for, when that is not long", async () => {
    const { findings } = await examineDialect("deepseek", "deepseek-chat!error-429-ms");
    expect(findings.answers).toBe("ok");
  });

  it("gives up on one that says nothing", async () => {
    const limits = { firstMs: 200, requestMs: 200 };
    const { findings } = await examineDialect("ark", "doubao-seed!stall-headers", { limits });
    expect(findings.answers).toBe("bad provider_timeout");
  });

  it("stops asking when the budget is used up, and says so", async () => {
    const { steps } = await examineDialect("vllm", "Qwen/Qwen3-32B", { limits: { requests: 6 } });
    expect(steps.find(({ name }) => name === "seed")).toMatchObject({
      finding: "skipped",
      details: { reason: "budget" },
    });
  });

  it("has no model of that name", async () => {
    const { findings } = await examineDialect("azure", "nobody");
    expect(findings).toMatchObject({ key: "ok", answers: "bad provider_model_missing" });
  });

  it("has no model to try", async () => {
    const { steps } = await examine({ baseUrl: provider.dialectUrl("openai"), kind: "openai" });
    expect(steps.find(({ name }) => name === "key")?.finding).toBe("ok");
    expect(steps.find(({ name }) => name === "answers")).toMatchObject({
      finding: "skipped",
      details: { reason: "no_model" },
    });
  });
});

describe("whoever asked", () => {
  it("hears of the connection while the first answer is still awaited", async () => {
    const run = diagnose(
      {
        kind: "vllm",
        baseUrl: provider.dialectUrl("vllm"),
        apiVersion: null,
        key: "sk-test",
        modelName: "Qwen/Qwen3-32B!gate",
      },
      { isQuick: false, signal: new AbortController().signal },
    );
    expect((await run.next()).value).toMatchObject({ name: "reachable", finding: "ok" });
    expect((await run.next()).value).toMatchObject({ name: "certificate" });
    expect(provider.requests()).toHaveLength(0);
    const key = run.next();
    await expect.poll(() => provider.requests().length).toBe(1);
    provider.release();
    expect((await key).value).toMatchObject({ name: "key", finding: "ok" });
    await run.return({ requests: 0, tokens: 0 });
  });

  it("leaves, and so does the request that was under way", async () => {
    const controller = new AbortController();
    const reason = new Error("left");
    const run = examineDialect("ark", "doubao-seed!stall-headers", { signal: controller.signal });
    await expect.poll(() => provider.requests().length).toBe(1);
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    await expect.poll(() => provider.requests()[0]?.isClosedByClient).toBe(true);
  });
});

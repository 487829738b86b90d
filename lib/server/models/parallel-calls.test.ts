import { describe, expect, it } from "vitest";
import { ModelBreaker } from "./model-breaker";
import { useBreakerHomes } from "./testing-breakers";
import { makePolicy, testModel, useCalls } from "./testing-calls";

const { calls, call } = useCalls();

describe.each(useBreakerHomes())("fifty calls at a time, with the breaker in $name", ({ open }) => {
  async function callFifty(name: string, hasSecond: boolean) {
    const homes = await open();
    const policies = homes.map((home) => makePolicy({ breaker: new ModelBreaker(home) }));
    const first = {
      ...testModel(name, calls.provider.url),
      // Runs share a Redis.
      id: `${name}-${String(Math.random())}`,
    };
    const second = testModel("plain", calls.provider.url, { provider: { id: "second" } });
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, at) => {
        const policy = policies[at % policies.length];
        const targets = hasSecond ? [first, second] : [first];
        return call("", { targets, ...(policy === undefined ? {} : { policy }) });
      }),
    );
    const seen = calls.provider.requests().filter(({ model }) => model === name).length;
    return { results, seen };
  }

  it.each(["error-500", "error-401", "error-404", "reset-before-headers", "page-instead"])(
    "reach a failing provider five times: %s",
    async (name) => {
      const { results, seen } = await callFifty(name, false);
      expect(seen).toBeLessThanOrEqual(5);
      expect(seen).toBeGreaterThan(2);
      const codes = results.map(({ failure }) => failure?.code);
      expect(codes.filter((code) => code === "provider_resting").length).toBeGreaterThanOrEqual(45);
      const resting = results.find(({ failure }) => failure?.code === "provider_resting")?.failure;
      const seconds = Number(resting?.details?.["retryAfterSeconds"]);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(results.flatMap(({ attempts }) => attempts)).toHaveLength(seen);
    },
    20_000,
  );

  it("are all answered by the second, and say why", async () => {
    const { results, seen } = await callFifty("error-500", true);
    expect(seen).toBeLessThanOrEqual(5);
    expect(results.every(({ text }) => text === "You said: Hello")).toBe(true);
    const skipped = results.map(({ asked }) => asked.at(-1)?.failover?.skipped[0]?.errorCode);
    expect(new Set(skipped)).toEqual(new Set(["provider_failed", "provider_resting"]));
  }, 20_000);

  it("are all answered by a provider that works", async () => {
    const startedMs = performance.now();
    const { results, seen } = await callFifty("plain", false);
    expect(seen).toBe(50);
    expect(results.every(({ finish }) => finish === "stop")).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(2_500);
  }, 20_000);

  it("do not take a limit for a failure", async () => {
    const { results } = await callFifty("error-429", false);
    expect(results.map(({ failure }) => failure?.code)).not.toContain("provider_resting");
  }, 20_000);
});

import { describe, expect, it } from "vitest";
import { ProviderPlaces } from "./provider-places";
import { testModel, useCalls } from "./testing-calls";
import type { ModelEvent } from "./model-call";

const { calls, call } = useCalls();

describe("places at a provider", () => {
  const taken = (places: ReturnType<ProviderPlaces["take"]>[]) =>
    places.map((place) => place.isGranted());

  it("are given in turn, as many as there are", () => {
    const places = new ProviderPlaces();
    const line = Array.from({ length: 5 }, () => places.take("one", 2));
    expect(taken(line)).toEqual([true, true, false, false, false]);
    expect(places.take("other", 1).isGranted()).toBe(true);
    line[1]?.release();
    line[1]?.release();
    expect(taken(line)).toEqual([true, true, true, false, false]);
    // Who leaves the line takes nobody's place.
    line[3]?.release();
    line[0]?.release();
    expect(taken(line)).toEqual([true, true, true, false, true]);
  });

  it("are as many as the newest setting has it", () => {
    const places = new ProviderPlaces();
    const line = Array.from({ length: 4 }, () => places.take("one", 1));
    places.take("one", 3);
    expect(taken(line)).toEqual([true, true, true, false]);
    places.take("one", null);
    expect(taken(line)).toEqual([true, true, true, true]);
  });
});

describe("a provider with two places", () => {
  const model = (name: string) =>
    testModel(name, calls.provider.url, { provider: { callSettings: { concurrency: 2 } } });
  const open = () => calls.provider.requests().filter(({ closedMs }) => closedMs === null).length;

  it("has two requests at a time, and answers everybody", async () => {
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, open());
    }, 5);
    const results = await Promise.all(
      Array.from({ length: 8 }, () => call("", { targets: [model("pace-100-20")] })),
    );
    clearInterval(watch);
    expect(results.every(({ finish }) => finish === "stop")).toBe(true);
    expect(most).toBe(2);
  });

  it("tells who waits for more than a second, and lets them go when they are stopped", async () => {
    const first = new AbortController();
    const busy = [1, 2].map(() => call("", { targets: [model("stall")], signal: first.signal }));
    await expect.poll(open).toBe(2);
    const stop = new AbortController();
    const events: ModelEvent[] = [];
    const waiting = call("", {
      targets: [model("plain")],
      signal: stop.signal,
      onEvent: (event) => events.push(event),
    });
    await expect.poll(() => events.length, { timeout: 2_000 }).toBe(1);
    expect(events).toEqual([
      {
        type: "waiting",
        retry: { attempt: 1, of: 3, waitMs: 0, errorCode: "provider_busy" },
      },
    ]);
    const startedMs = performance.now();
    stop.abort(new Error("stopped"));
    expect(String((await waiting).thrown)).toContain("stopped");
    expect(performance.now() - startedMs).toBeLessThan(100);
    first.abort(new Error("over"));
    await Promise.all(busy);
    expect((await call("", { targets: [model("plain")] })).finish).toBe("stop");
  });

  it("is passed over when none comes free in time", async () => {
    const first = new AbortController();
    const busy = [1, 2].map(() => call("", { targets: [model("stall")], signal: first.signal }));
    await expect.poll(open).toBe(2);
    const second = testModel("plain", calls.provider.url, { provider: { id: "second" } });
    const timeouts = { firstTokenMs: 300 };
    const result = await call("", { targets: [model("echo"), second], timeouts });
    expect(result.text).toBe("You said: Hello");
    expect(result.asked[0]?.failover?.skipped[0]?.errorCode).toBe("provider_busy");
    const alone = await call("", { targets: [model("echo")], timeouts });
    expect([alone.failure?.code, alone.attempts]).toEqual(["provider_busy", []]);
    first.abort(new Error("over"));
    await Promise.all(busy);
  });

  it("counts the wait against the time until the first token", async () => {
    const first = new AbortController();
    const one = testModel("stall", calls.provider.url, {
      provider: { callSettings: { concurrency: 1 } },
    });
    const busy = call("", { targets: [one], signal: first.signal });
    await expect.poll(open).toBe(1);
    setTimeout(() => {
      first.abort(new Error("over"));
    }, 400);
    const startedMs = performance.now();
    const result = await call("", { targets: [one], timeouts: { firstTokenMs: 700 } });
    expect(result.failure?.code).toBe("provider_timeout");
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await busy;
  });
});

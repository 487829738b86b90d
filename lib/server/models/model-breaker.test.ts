import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeBreaker } from "@/lib/domain/failover/breaker-memory";
import { openRedis, type RedisDoor } from "../redis/client";
import { RedisBreakerHome } from "./breaker-redis-home";
import { ModelBreaker, type Entry, type Pass } from "./model-breaker";
import { testRedisUrl, useBreakerHomes } from "./testing-breakers";

const never = new AbortController().signal;

function enter(breaker: ModelBreaker, modelId: string, signal = never): Promise<Entry> {
  return breaker.enter(modelId, { signal, hasOwnKey: false });
}

async function pass(breaker: ModelBreaker, modelId: string): Promise<Pass> {
  const entry = await enter(breaker, modelId);
  if (entry.kind !== "go") throw new Error("It rests.");
  return entry.pass;
}

async function fail(breaker: ModelBreaker, modelId: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) (await pass(breaker, modelId)).settle("fault");
}

const isResting = async (breaker: ModelBreaker, modelId: string) =>
  (await enter(breaker, modelId)).kind === "resting";

describe.each(useBreakerHomes())("a breaker in $name", ({ open }) => {
  const openTwo = async () => {
    const clock = { nowMs: Date.now() };
    const now = () => clock.nowMs;
    const [one, other] = (await open()).map((home) => new ModelBreaker(home, now, () => 0));
    if (one === undefined || other === undefined) throw new Error("There are two.");
    return { clock, one, other, modelId: randomUUID() };
  };

  it("says once when it opens, and what the last failure was", async () => {
    const opened: unknown[] = [];
    const breakers = (await open()).map(
      (home) =>
        new ModelBreaker(
          home,
          Date.now,
          () => 0,
          (...told) => opened.push(told),
        ),
    );
    const modelId = randomUUID();
    for (let time = 0; time < 5; time += 1) {
      const breaker = breakers[time % 2];
      if (breaker === undefined) throw new Error("There are two.");
      (await pass(breaker, modelId)).settle("fault", "provider_timeout");
    }
    await expect.poll(() => opened).toEqual([[modelId, "provider_timeout"]]);
  });

  it("opens on all instances after five failures, wherever they were", async () => {
    const { one, other, modelId } = await openTwo();
    await fail(one, modelId, 2);
    await fail(other, modelId, 2);
    expect(one.isResting(modelId)).toBe(false);
    await fail(one, modelId, 1);
    for (const breaker of [one, other])
      await expect.poll(() => isResting(breaker, modelId), { timeout: 1_000 }).toBe(true);
    const entry = await enter(other, modelId);
    expect(entry).toMatchObject({ kind: "resting" });
    const states = await other.readAll([modelId]);
    expect([...states.values()].map((state) => describeBreaker(state, Date.now()).breaker)).toEqual(
      ["open"],
    );
  });

  it("lets one probe out of all instances, and closes on all when it is answered", async () => {
    const { clock, one, other, modelId } = await openTwo();
    await fail(one, modelId, 5);
    await expect.poll(() => isResting(other, modelId)).toBe(true);
    clock.nowMs += 30_000;
    const entries = Array.from({ length: 6 }, (_, at) =>
      enter(at % 2 === 0 ? one : other, modelId),
    );
    const probe = await Promise.race(entries);
    if (probe.kind !== "go") throw new Error("There was no probe.");
    let gone = 0;
    for (const entry of entries) void entry.then(({ kind }) => (gone += kind === "go" ? 1 : 0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(gone).toBe(1);
    probe.pass.settle("answered");
    await Promise.all(entries);
    await expect.poll(() => gone).toBe(6);
  });

  it("lets out five calls of an unknown model, and the rest as soon as one has headers", async () => {
    const { one, other, modelId } = await openTwo();
    const gone: Pass[] = [];
    const all = Array.from({ length: 20 }, async (_, at) => {
      const entry = await enter(at % 2 === 0 ? one : other, modelId);
      if (entry.kind === "go") gone.push(entry.pass);
    });
    await expect.poll(() => gone.length).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(gone).toHaveLength(5);
    gone[0]?.gotHeaders();
    await Promise.all(all);
    expect(gone).toHaveLength(20);
  });

  it("refuses those that wait as soon as the five have failed", async () => {
    const { one, other, modelId } = await openTwo();
    let count = 0;
    const kinds = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const entry = await enter(at % 2 === 0 ? one : other, modelId);
        if (entry.kind === "resting") return "resting";
        count += 1;
        await new Promise((resolve) => setTimeout(resolve, 30));
        entry.pass.settle("fault");
        return "go";
      }),
    );
    expect(count).toBe(5);
    expect(kinds.filter((kind) => kind === "resting")).toHaveLength(45);
  });

  it("waits for nobody longer than three seconds", async () => {
    const modelId = randomUUID();
    const [home] = await open();
    const breaker = new ModelBreaker(home);
    for (let call = 0; call < 5; call += 1) await pass(breaker, modelId);
    const startedMs = performance.now();
    expect((await enter(breaker, modelId)).kind).toBe("go");
    expect(performance.now() - startedMs).toBeGreaterThan(2_900);
    expect(performance.now() - startedMs).toBeLessThan(3_500);
  });

  it("lets go of who is stopped while it waits", async () => {
    const { one, modelId } = await openTwo();
    for (let call = 0; call < 5; call += 1) await pass(one, modelId);
    const reason = new Error("stopped");
    const controller = new AbortController();
    const entry = enter(one, modelId, controller.signal);
    controller.abort(reason);
    await expect(entry).rejects.toBe(reason);
  });

  it("forgets when it is told to, on all instances", async () => {
    const { one, other, modelId } = await openTwo();
    await fail(one, modelId, 5);
    await expect.poll(() => isResting(other, modelId)).toBe(true);
    await other.forget(modelId);
    for (const breaker of [one, other])
      await expect.poll(async () => (await enter(breaker, modelId)).kind).toBe("go");
  });
});

describe.skipIf(testRedisUrl === undefined)("a Redis that does not answer for a moment", () => {
  it("does not make an instance go alone", async () => {
    const doors = [openRedis(testRedisUrl ?? ""), openRedis(testRedisUrl ?? "")] as const;
    for (const door of doors)
      await expect.poll(() => door.publish("parley:test", ""), { timeout: 5_000 }).toBe(true);
    const [door, other] = doors;
    let refusals = 1;
    const command: RedisDoor["command"] = (run) =>
      (refusals -= 1) >= 0 ? Promise.reject(new Error("busy")) : door.command(run);
    const homes = [new RedisBreakerHome({ ...door, command }), new RedisBreakerHome(other)];
    const breakers = homes.map((home) => new ModelBreaker(home));
    const modelId = randomUUID();
    let count = 0;
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const breaker = breakers[at % 2];
        const entry = breaker === undefined ? null : await enter(breaker, modelId);
        if (entry?.kind !== "go") return;
        count += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
        entry.pass.settle("fault");
      }),
    );
    expect(count).toBe(5);
    for (const home of homes) home.close();
    for (const one of doors) one.close();
  });

  it("holds up nobody who is stopped meanwhile", async () => {
    const never = new Promise<never>(() => undefined);
    const door = { ...openRedis("redis://127.0.0.1:1"), command: () => never };
    const breaker = new ModelBreaker(new RedisBreakerHome(door));
    const controller = new AbortController();
    const entry = enter(breaker, randomUUID(), controller.signal);
    const reason = new Error("stopped");
    controller.abort(reason);
    await expect(entry).rejects.toBe(reason);
    door.close();
  });
});

describe("a breaker without its Redis", () => {
  it("goes on alone, and holds nobody up", async () => {
    const door = openRedis("redis://127.0.0.1:1");
    const breaker = new ModelBreaker(new RedisBreakerHome(door));
    const modelId = randomUUID();
    const startedMs = performance.now();
    await fail(breaker, modelId, 5);
    expect(await isResting(breaker, modelId)).toBe(true);
    // It was waited for once, in case that it was only busy.
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    const againMs = performance.now();
    await fail(breaker, randomUUID(), 4);
    expect(performance.now() - againMs).toBeLessThan(100);
    door.close();
  });
});

import "server-only";
import { afterEach, expect } from "vitest";
import { openRedis } from "../redis/client";
import type { BreakerHome } from "./breaker-home";
import { MemoryBreakerHome } from "./breaker-memory-home";
import { RedisBreakerHome } from "./breaker-redis-home";

/** Undefined where there is no Redis to test on. */
export const testRedisUrl = process.env["TEST_REDIS_URL"];
if (process.env["CI"] === "true" && testRedisUrl === undefined)
  throw new Error("TEST_REDIS_URL is not set: CI also tests on a real Redis.");

/** The homes of two instances: one and the same in memory, two that share a Redis otherwise. */
export type BreakerHomes = { name: string; open: () => Promise<[BreakerHome, BreakerHome]> };

/** Every kind of home that can be tested here; those of a test are closed behind it. */
export function useBreakerHomes(): BreakerHomes[] {
  const opened: (() => void)[] = [];
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });
  const openShared = async () => {
    const door = openRedis(testRedisUrl ?? "");
    const home = new RedisBreakerHome(door);
    opened.push(() => {
      home.close();
      door.close();
    });
    // Until the connection stands, each instance goes on alone.
    await expect.poll(() => door.publish("parley:test", ""), { timeout: 5_000 }).toBe(true);
    return home;
  };
  return [
    {
      name: "memory",
      open: () => {
        const home = new MemoryBreakerHome();
        return Promise.resolve([home, home]);
      },
    },
    ...(testRedisUrl === undefined
      ? []
      : [
          {
            name: "Redis, on two instances",
            open: () => Promise.all([openShared(), openShared()]),
          },
        ]),
  ];
}

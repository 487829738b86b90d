import { describe, expect, it } from "vitest";
import { accountRule, pairRule, type ThrottleRule } from "@/lib/domain/accounts/throttle-rules";
import { db } from "./client";
import { useTestDatabase } from "./testing";
import {
  countTry,
  deleteOldTries,
  forgetTries,
  isKnownAddress,
  rememberAddress,
  takeTryBack,
} from "./throttles";

useTestDatabase();

const system = { system: "test" };
const start = Date.UTC(2026, 0, 1);
const minutes = (count: number) => count * 60;

/** Tries at a moment, in seconds since the start. */
const tryAt = (rule: ThrottleRule, seconds: number, key = "key") =>
  countTry(system, key, rule, new Date(start + seconds * 1000));

async function tryTimes(rule: ThrottleRule, seconds: number, times: number): Promise<number> {
  let passed = 0;
  for (let index = 0; index < times; index++) {
    if ((await tryAt(rule, seconds)) === null) passed++;
  }
  return passed;
}

describe("tries of one account from one address", () => {
  it("pass ten times, then wait five minutes", async () => {
    expect(await tryTimes(pairRule, 0, 10)).toBe(10);
    expect(await tryAt(pairRule, 1)).toBe(minutes(5) - 1);
    expect(await tryAt(pairRule, minutes(5) - 1)).toBe(1);
    expect(await tryAt(pairRule, minutes(5))).toBeNull();
  });

  it("wait longer after each further one, but never longer than fifteen minutes", async () => {
    await tryTimes(pairRule, 0, 10);
    let at = minutes(5);
    for (const wait of [10, 15, 15, 15]) {
      expect(await tryAt(pairRule, at)).toBeNull();
      expect(await tryAt(pairRule, at)).toBe(minutes(wait));
      at += minutes(wait);
    }
  });

  it("are not prolonged by hammering", async () => {
    await tryTimes(pairRule, 0, 10);
    for (let second = 0; second < minutes(5); second += 10) await tryAt(pairRule, second);
    expect(await tryAt(pairRule, minutes(5))).toBeNull();
  });

  it("count anew after five calm minutes", async () => {
    await tryTimes(pairRule, 0, 10);
    expect(await tryTimes(pairRule, minutes(10), 20)).toBe(10);
  });

  it("pass at most ten times in any five minutes, whatever the rhythm", async () => {
    for (const step of [7, 31, 61, 290]) {
      const passed: number[] = [];
      for (let second = 0; second < minutes(40); second += step) {
        if ((await tryAt(pairRule, second, `rhythm ${step}`)) === null) passed.push(second);
      }
      for (const from of passed) {
        const within = passed.filter((at) => at >= from && at < from + minutes(5));
        expect(within.length).toBeLessThanOrEqual(10);
      }
    }
  }, 60_000);

  it("pass ten times when fifty come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => tryAt(pairRule, 0)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(10);
  });

  it("count for each key apart", async () => {
    await tryTimes(pairRule, 0, 10);
    expect(await tryAt(pairRule, 0, "another")).toBeNull();
  });

  it("are forgotten on demand", async () => {
    await tryTimes(pairRule, 0, 10);
    await forgetTries(system, "key");
    expect(await tryTimes(pairRule, 1, 20)).toBe(10);
  });
});

describe("tries of one account from everywhere", () => {
  it("pass at most a hundred times in any hour, and never wait longer than fifteen minutes", async () => {
    const passed: number[] = [];
    for (let second = 0; second < minutes(150); second += 13) {
      const wait = await tryAt(accountRule, second);
      if (wait === null) passed.push(second);
      else expect(wait).toBeLessThanOrEqual(minutes(15));
    }
    for (const from of passed) {
      const within = passed.filter((at) => at >= from && at < from + minutes(60));
      expect(within.length).toBeLessThanOrEqual(100);
    }
  }, 60_000);

  it("can be taken back, with the block that they brought", async () => {
    await tryTimes(accountRule, 0, 20);
    await takeTryBack(system, "key");
    expect(await tryTimes(accountRule, 1, 5)).toBe(1);
  });
});

describe("known addresses", () => {
  it("are known for thirty days", async () => {
    const days = (count: number) => new Date(start + count * 24 * 60 * 60 * 1000);
    expect(await isKnownAddress(system, "pair", days(0))).toBe(false);
    await rememberAddress(system, "pair", days(0));
    expect(await isKnownAddress(system, "pair", days(29))).toBe(true);
    expect(await isKnownAddress(system, "pair", days(31))).toBe(false);
  });
});

describe("cleaning up", () => {
  it("deletes what no rule looks at any more, and nothing else", async () => {
    const now = new Date(start);
    await tryAt(pairRule, 0, "fresh");
    await tryAt(pairRule, -minutes(60 * 25), "old");
    await rememberAddress(system, "home", new Date(start - 10 * 24 * 60 * 60 * 1000));
    await rememberAddress(system, "long ago", new Date(start - 40 * 24 * 60 * 60 * 1000));
    await deleteOldTries(system, now);
    const rows = await db().throttle.findMany({ select: { key: true }, orderBy: { key: "asc" } });
    expect(rows.map((row) => row.key)).toEqual(["fresh", "known:home"]);
  });
});

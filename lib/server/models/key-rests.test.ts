import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { OpenKey } from "../providers/provider-key";
import { openRedis } from "../redis/client";
import { KeyRests } from "./key-rests";
import { KeyRing } from "./key-ring";
import { testRedisUrl } from "./testing-breakers";

const makeKey = (): OpenKey => ({ id: randomUUID(), key: "sk-test", owner: "instance" });

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe("a key that rests", () => {
  it("does so for its time, or until it works", () => {
    let nowMs = 1_000;
    const rests = new KeyRests(null, () => nowMs);
    rests.begin("a", 500);
    rests.begin("b", 500);
    expect([rests.get("a"), rests.get("c")]).toEqual([1_500, 0]);
    rests.end("b");
    expect(rests.get("b")).toBe(0);
    nowMs = 1_500;
    expect(rests.get("a")).toBe(0);
  });
});

// It needs a Redis; CI always has one.
if (testRedisUrl !== undefined) testShared(testRedisUrl);

function testShared(url: string): void {
  const open = async () => {
    const door = openRedis(url);
    await expect.poll(() => door.publish("parley:test", ""), { timeout: 5_000 }).toBe(true);
    const rests = new KeyRests(door);
    closers.push(() => {
      rests.close();
      door.close();
    });
    return rests;
  };

  describe("keys of two instances", () => {
    it("are left alone by both once one was told of a limit, and used again by both", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const limited = makeKey();
      const keys = [limited, makeKey()];
      const ids = keys.map(({ id }) => id);
      const turnThere = () => new KeyRing(there).start("provider", keys).pick()?.id;
      expect(turnThere()).toBe(ids[0]);
      const turnHere = new KeyRing(here).start("provider", keys);
      // Listening begins a moment after a door is opened: it is told until it is heard.
      await expect
        .poll(() => {
          turnHere.limit(limited, 30_000);
          return turnThere();
        })
        .toBe(ids[1]);
      turnHere.accept(limited);
      await expect.poll(turnThere).toBe(ids[0]);
    });

    it("are known to one that starts later", async () => {
      const here = await open();
      const name = randomUUID();
      here.begin(name, 30_000);
      const door = openRedis(url);
      closers.push(() => {
        door.close();
      });
      const isStored = () => door.command((client) => client.hExists("parley:key-rests", name));
      await expect.poll(isStored).toBeTruthy();
      const later = await open();
      await expect.poll(() => later.get(name)).toBeGreaterThan(0);
    });
  });
}

import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { AccountEvent } from "@/lib/contracts/events";
import { openRedis } from "../redis/client";
import { AccountBus, type AccountSignal } from "./account-bus";

const removed = (id: string): AccountEvent => ({ type: "conversation-removed", id });

/** Notes what is heard. */
function hear(bus: AccountBus, userId: string) {
  const heard: AccountSignal[] = [];
  const stop = bus.listen(userId, (signal) => heard.push(signal));
  return { heard, stop };
}

const redisUrl = process.env["TEST_REDIS_URL"];
const doors = redisUrl === undefined ? [] : [openRedis(redisUrl), openRedis(redisUrl)];

afterAll(() => {
  for (const door of doors) door.close();
});

describe.each([
  ["memory", null] as const,
  ...doors.slice(0, 1).map((door) => ["Redis", door] as const),
])("the bus in %s", (_, door) => {
  it("carries an event to every listener of the account, once", async () => {
    const bus = new AccountBus(door);
    const userId = randomUUID();
    const listeners = [hear(bus, userId), hear(bus, userId)];
    bus.send(userId, removed("a"));
    bus.send(userId, removed("b"));
    await new Promise((resolve) => setTimeout(resolve, door === null ? 0 : 100));
    for (const { heard } of listeners) expect(heard).toEqual([removed("a"), removed("b")]);
  });

  it("tells nobody else", () => {
    const bus = new AccountBus(door);
    const other = hear(bus, randomUUID());
    bus.send(randomUUID(), removed("a"));
    expect(other.heard).toEqual([]);
  });

  it("tells nothing to whoever stopped listening", () => {
    const bus = new AccountBus(door);
    const userId = randomUUID();
    const gone = hear(bus, userId);
    const there = hear(bus, userId);
    gone.stop();
    gone.stop();
    bus.send(userId, removed("a"));
    expect(gone.heard).toEqual([]);
    expect(there.heard).toHaveLength(1);
  });
});

describe.skipIf(doors.length === 0)("two instances on one Redis", () => {
  const [here, there] = doors.map((door) => new AccountBus(door));

  it("hear each other, and each its own only once", async () => {
    if (here === undefined || there === undefined) return;
    const userId = randomUUID();
    const near = hear(here, userId);
    const far = hear(there, userId);
    // A subscription takes a moment: what comes before it is what `hello` makes up for.
    await vi.waitFor(() => {
      here.send(userId, removed("warm-up"));
      expect(far.heard.length).toBeGreaterThan(0);
    });
    const before = { near: near.heard.length, far: far.heard.length };
    here.send(userId, removed("x"));
    await vi.waitFor(() => expect(far.heard.slice(before.far)).toContainEqual(removed("x")));
    expect(near.heard.slice(before.near)).toEqual([removed("x")]);
  });

  it("pass over what is none of ours", async () => {
    if (here === undefined || there === undefined) return;
    const userId = randomUUID();
    const far = hear(there, userId);
    await vi.waitFor(() => {
      here.send(userId, removed("warm-up"));
      expect(far.heard.length).toBeGreaterThan(0);
    });
    await doors[0]?.publish(`parley:account:${userId}`, "no JSON");
    await doors[0]?.publish(
      `parley:account:${userId}`,
      '{"from":"x","signal":{"type":"nonsense"}}',
    );
    here.send(userId, removed("y"));
    await vi.waitFor(() => expect(far.heard.at(-1)).toEqual(removed("y")));
    expect(far.heard.filter(({ type }) => type !== "conversation-removed")).toEqual([]);
  });
});

it("goes on in this process when Redis is away", () => {
  const door = openRedis("redis://127.0.0.1:9");
  const bus = new AccountBus(door);
  const { heard } = hear(bus, "somebody");
  bus.send("somebody", removed("a"));
  expect(heard).toEqual([removed("a")]);
  door.close();
});

import { randomUUID } from "node:crypto";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRedis, type RedisDoor } from "./client";

const url = process.env["TEST_REDIS_URL"];

/** A way to Redis that a test can cut or hold up. */
async function openWay(target: string) {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const listen = (at: number) =>
    new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `redis://127.0.0.1:${String(own)}`,
    hold: () => {
      for (const socket of sockets) socket.pause();
    },
    release: () => {
      for (const socket of sockets) socket.resume();
    },
    cut,
    mend: () => listen(own),
  };
}

describe.skipIf(url === undefined)("the door to Redis", () => {
  const doors: RedisDoor[] = [];
  const open = (at: string) => {
    const door = openRedis(at);
    doors.push(door);
    return door;
  };
  const isUp = (door: RedisDoor) =>
    door
      .command((client) => client.ping())
      .then(
        () => true,
        () => false,
      );
  let way: Awaited<ReturnType<typeof openWay>>;
  let channel: string;

  beforeEach(async () => {
    way = await openWay(url ?? "");
    channel = `test:${randomUUID()}`;
  });

  afterEach(async () => {
    for (const door of doors.splice(0)) door.close();
    await way.cut().catch(() => undefined);
  });

  it("runs commands and carries what is published from one process to another", async () => {
    const [left, right] = [open(way.url), open(way.url)];
    const heard: string[] = [];
    const stop = left.subscribe(channel, (text) => heard.push(text));
    await expect.poll(() => right.publish(channel, "hello")).toBe(true);
    await expect
      .poll(async () => {
        await right.publish(channel, "again");
        return heard;
      })
      .toContain("again");
    stop();
    await left.command((client) => client.ping());
    const count = heard.length;
    await right.publish(channel, "nobody listens");
    await right.command((client) => client.ping());
    expect(heard).toHaveLength(count);
  });

  it("gives up on a silent server after 250 ms, then at once, and finds it when it is back", async () => {
    const door = open(way.url);
    await expect.poll(() => isUp(door)).toBe(true);
    way.hold();
    const began = Date.now();
    expect(await isUp(door)).toBe(false);
    expect(Date.now() - began).toBeLessThan(400);
    const again = Date.now();
    expect(await isUp(door)).toBe(false);
    expect(Date.now() - again).toBeLessThan(50);
    way.release();
    await expect.poll(() => isUp(door), { timeout: 12_000, interval: 200 }).toBe(true);
  }, 15_000);

  it("refuses without waiting while there is no server, and listens again after a gap", async () => {
    const door = open(way.url);
    const other = open(url ?? "");
    const onGap = vi.fn();
    const heard: string[] = [];
    door.subscribe(channel, (text) => heard.push(text), onGap);
    await expect.poll(() => isUp(door)).toBe(true);
    await way.cut();
    await expect.poll(() => isUp(door)).toBe(false);
    expect(await door.publish(channel, "lost")).toBe(false);
    await way.mend();
    await expect.poll(() => onGap.mock.calls.length, { timeout: 8_000 }).toBe(1);
    await expect
      .poll(async () => {
        await other.publish(channel, "back");
        return heard;
      })
      .toContain("back");
  }, 15_000);

  it("tells an error of a command from a server that is away", async () => {
    const door = open(way.url);
    await expect.poll(() => isUp(door)).toBe(true);
    await expect(
      door.command((client) => client.sendCommand(["NO-SUCH-COMMAND"])),
    ).rejects.toMatchObject({ name: "RedisUnavailableError" });
    expect(await isUp(door)).toBe(true);
  });
});

import { describe, expect, it, vi } from "vitest";
import { createReachability } from "./reachability";

/** A server that answers as told, and waits that end when told. */
function setUp(answers: boolean[]) {
  const waits: number[] = [];
  const log: string[] = [];
  const pending: (() => void)[] = [];
  const probe = vi.fn(() => Promise.resolve(answers.shift() ?? true));
  const reachability = createReachability({
    probe,
    onChange: (isOffline) => log.push(isOffline ? "offline" : "online"),
    onReturn: () => log.push("return"),
    random: () => 1,
    wait: (durationMs, signal) => {
      waits.push(durationMs);
      return new Promise((resolve) => {
        pending.push(resolve);
        signal.addEventListener("abort", () => resolve());
      });
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const passTime = async () => {
    pending.shift()?.();
    await settle();
  };
  return { reachability, probe, waits, log, settle, passTime };
}

describe("a doubt whether the server is there", () => {
  it("is settled by asking it, without a word when it answers", async () => {
    const { reachability, probe, log, settle } = setUp([true]);
    reachability.doubt();
    await settle();
    expect(probe).toHaveBeenCalledTimes(1);
    expect(log).toEqual(["online"]);
  });

  it("says nothing of a single failure, which a restart causes, but goes on afterwards", async () => {
    const { reachability, log, settle, passTime } = setUp([false, true]);
    reachability.doubt();
    await settle();
    expect(log).toEqual([]);
    await passTime();
    expect(log).toEqual(["online", "return"]);
  });

  it("asks ever more seldom, up to every 15 seconds, until the server is back", async () => {
    const { reachability, waits, log, settle, passTime } = setUp(Array<boolean>(8).fill(false));
    reachability.doubt();
    await settle();
    for (let index = 0; index < 8; index += 1) await passTime();
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
    expect(log.filter((word) => word !== "offline")).toEqual(["online", "return"]);
  });

  it("is one doubt, however many have it", async () => {
    const { reachability, probe, settle } = setUp([false]);
    for (let index = 0; index < 50; index += 1) reachability.doubt();
    await settle();
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it("is settled at once when the network is back", async () => {
    const { reachability, log, settle } = setUp([false, false]);
    reachability.doubt();
    await settle();
    reachability.wake();
    await settle();
    reachability.wake();
    await settle();
    expect(log).toEqual(["offline", "online", "return"]);
  });
});

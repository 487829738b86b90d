import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountEvent } from "@/lib/contracts/events";
import { ApiError } from "../api";
import { waitOrWake } from "../chat/backoff";
import { createEventStream } from "./event-stream";

type Connection = { send: (text: string) => void; end: () => void; fail: () => void };

const encoder = new TextEncoder();
const hello = { type: "hello", build: "one", userId: "u" } as const;

function setUp(refusals: (ApiError | null)[] = []) {
  const connections: Connection[] = [];
  const events: AccountEvent[] = [];
  const onLost = vi.fn();
  const connect = vi.fn((signal: AbortSignal) => {
    const refusal = refusals.shift() ?? null;
    if (refusal !== null) return Promise.reject(refusal);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal.addEventListener("abort", () => {
          controller.error(new DOMException("left", "AbortError"));
        });
        connections.push({
          send: (text) => controller.enqueue(encoder.encode(text)),
          end: () => controller.close(),
          fail: () => controller.error(new TypeError("network error")),
        });
      },
    });
    return Promise.resolve(body);
  });
  const stream = createEventStream({
    connect,
    onEvent: (event) => events.push(event),
    onLost,
    random: () => 1,
    wait: waitOrWake,
  });
  const leaving = new AbortController();
  const following = stream.follow(leaving.signal);
  return { stream, connect, connections, events, onLost, leaving, following };
}

const say = (event: AccountEvent) => `data: ${JSON.stringify(event)}\n\n`;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the connection to the account's events", () => {
  it("hands on what comes", async () => {
    const { connections, events } = setUp();
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.send(say(hello) + say({ type: "conversation-removed", id: "a" }));
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual([hello, { type: "conversation-removed", id: "a" }]);
  });

  it("is made anew soon when it ends, and without a doubt about the network", async () => {
    const { connections, connect, onLost } = setUp();
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.send(say(hello));
    connections[0]?.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connect).toHaveBeenCalledTimes(2);
    expect(onLost).not.toHaveBeenCalled();
  });

  it("doubts the network when it breaks, or cannot be made", async () => {
    const offline = new ApiError("offline", null, 0);
    const { connections, connect, onLost } = setUp([null, offline, offline]);
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.fail();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onLost).toHaveBeenCalledTimes(3);
    expect(connect).toHaveBeenCalledTimes(4);
  });

  it("is no storm while the server is away", async () => {
    const { connect } = setUp(Array<ApiError>(100).fill(new ApiError("offline", null, 0)));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(connect.mock.calls.length).toBeLessThan(60);
  });

  it("is made anew when nothing comes for long, not even heartbeats", async () => {
    const { connections, connect } = setUp();
    await vi.advanceTimersByTimeAsync(0);
    for (let index = 0; index < 10; index += 1) {
      await vi.advanceTimersByTimeAsync(20_000);
      connections[0]?.send(": alive\n\n");
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(connect).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it("waits long after a refusal, unless something changed", async () => {
    const refused = new ApiError("unauthorized", null, 401);
    const { connect, stream } = setUp([refused, refused]);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(connect).toHaveBeenCalledTimes(1);
    stream.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(connect).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(connect).toHaveBeenCalledTimes(3);
  });

  it("is made anew at once after a sleep, which it may not have survived", async () => {
    const { connect, stream } = setUp();
    await vi.advanceTimersByTimeAsync(0);
    stream.restart();
    await vi.advanceTimersByTimeAsync(500);
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it("ends when one leaves", async () => {
    const { connect, leaving, following } = setUp();
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort();
    await following;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connect).toHaveBeenCalledTimes(1);
  });
});

import type { AccountEvent } from "@/lib/contracts/events";
import { isAbort, toApiError } from "../api";
import { backoffMs, type waitOrWake } from "../chat/backoff";
import { readEvents } from "./read-events";

/** Two heartbeats and a half: nothing for so long means that the connection is dead. */
const silenceMs = 50_000;
/** Signed out, or one of too many: only a change is worth a try, or a long wait. */
const refusedMs = 60_000;

type Tools = {
  /** @throws ApiError when the server refuses, or is not reached. */
  connect: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  onEvent: (event: AccountEvent) => void;
  /** The server could not be reached. */
  onLost: () => void;
  random: () => number;
  wait: typeof waitOrWake;
};

/** Keeps one connection to the account's events, for as long as `signal` lasts. */
export function createEventStream({ connect, onEvent, onLost, random, wait }: Tools) {
  let waking = new AbortController();
  let reading = new AbortController();

  async function follow(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      reading = new AbortController();
      const either = AbortSignal.any([signal, reading.signal]);
      const outcome = await read(either, () => {
        attempt = 0;
      });
      if (isOver(signal)) return;
      if (outcome === "lost") onLost();
      const waitMs = outcome === "refused" ? refusedMs : backoffMs(attempt, random());
      await wait(waitMs, AbortSignal.any([signal, waking.signal]));
    }
  }

  /** One connection, to its end. */
  async function read(
    signal: AbortSignal,
    onConnected: () => void,
  ): Promise<"ended" | "lost" | "refused"> {
    const silence = createAlarm(silenceMs, () => {
      reading.abort();
    });
    try {
      const body = await connect(signal);
      silence.restart();
      await readEvents(body, {
        onAlive: silence.restart,
        onEvent: (event) => {
          onConnected();
          if (!signal.aborted) onEvent(event);
        },
      });
      return "ended";
    } catch (error) {
      if (isAbort(error)) return "ended";
      const { code, status } = toApiError(error);
      // Neither a stranger nor too much is mended by asking at once.
      if (code === "unauthorized" || code === "rate_limited") return "refused";
      return status === 0 || code === "offline" || code === "internal" ? "lost" : "ended";
    } finally {
      silence.stop();
    }
  }

  const wake = () => {
    waking.abort();
    waking = new AbortController();
  };
  return {
    follow,
    /** Tries now, in place of waiting. */
    wake,
    /** After a sleep a connection may look open and be dead: a new one is made. */
    restart: (): void => {
      reading.abort();
      wake();
    },
  };
}

function createAlarm(afterMs: number, ring: () => void) {
  let timer = setTimeout(ring, afterMs);
  return {
    restart: () => {
      clearTimeout(timer);
      timer = setTimeout(ring, afterMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Asked through a function, since it changes while one waits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

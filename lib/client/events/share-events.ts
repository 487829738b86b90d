import type { AccountEvent } from "@/lib/contracts/events";

export type Letter =
  /** `userId` is whose it is: another tab may be another account's by now. */
  | { kind: "event"; event: AccountEvent; userId: string }
  /** The tab that holds the connection lost it. */
  | { kind: "lost" }
  /** A tab appeared, or came back to life: whoever waits may try again. */
  | { kind: "present" };

type Channel = Pick<BroadcastChannel, "postMessage" | "close"> & {
  onmessage: ((message: MessageEvent<Letter>) => void) | null;
};

type Tools = {
  locks: Pick<LockManager, "request">;
  channel: Channel;
  /** Keeps the connection until the signal is aborted. */
  follow: (signal: AbortSignal) => Promise<void>;
  onLetter: (letter: Letter) => void;
};

const lockName = "parley.events";

/**
 * One connection for all tabs of a browser: over HTTP/1.1 a browser opens six connections to a
 * host, and with one for each tab the seventh would wait for ever. The tab that holds a lock
 * connects and tells the others; when it goes away, the next one has the lock.
 */
export function createShare({ locks, channel, follow, onLetter }: Tools) {
  let candidacy: AbortController | null = null;
  channel.onmessage = ({ data }) => {
    onLetter(data);
  };

  const lead = (signal: AbortSignal) =>
    locks.request(lockName, { signal }, () => follow(signal)).catch(() => undefined);

  return {
    /** Tells this tab and every other. */
    tell(letter: Letter): void {
      onLetter(letter);
      channel.postMessage(letter);
    },

    /** Connects as soon as no other tab does. */
    join(): void {
      if (candidacy !== null) return;
      candidacy = new AbortController();
      channel.postMessage({ kind: "present" } satisfies Letter);
      void lead(candidacy.signal);
    },

    /** Leaves the connection to tabs that are looked at: a hidden one may be put to sleep. */
    leave(): void {
      candidacy?.abort();
      candidacy = null;
    },

    close(): void {
      candidacy?.abort();
      channel.onmessage = null;
      channel.close();
    },
  };
}

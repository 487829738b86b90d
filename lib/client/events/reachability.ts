import { backoffMs, type waitOrWake } from "../chat/backoff";

type Tools = {
  /** Whether the server answers. */
  probe: () => Promise<boolean>;
  onChange: (isOffline: boolean) => void;
  /** It answers again after it did not. */
  onReturn: () => void;
  /** Between 0 and 1. */
  random: () => number;
  wait: typeof waitOrWake;
};

/**
 * Finds out whether the server can be reached, once somebody doubts it: a request that failed is
 * no proof, and what the browser says of its network is a hint. Asks again and again, ever more
 * seldom, until there is an answer.
 */
export function createReachability({ probe, onChange, onReturn, random, wait }: Tools) {
  let isAsking = false;
  let waking = new AbortController();

  async function ask(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (await probe()) {
        onChange(false);
        if (attempt > 1) onReturn();
        return;
      }
      // A single failure may be a restart of the server: too short to be worth a word.
      if (attempt > 1) onChange(true);
      await wait(backoffMs(attempt + 1, random()), waking.signal);
    }
  }

  return {
    /** Somebody could not reach the server. */
    doubt: (): void => {
      if (isAsking) return;
      isAsking = true;
      void ask().finally(() => {
        isAsking = false;
      });
    },
    /** Something changed, so that asking now may be worth it. */
    wake: (): void => {
      waking.abort();
      waking = new AbortController();
    },
  };
}

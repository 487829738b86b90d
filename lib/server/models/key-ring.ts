import "server-only";
import type { OpenKey } from "../providers/provider-key";
import { KeyRests } from "./key-rests";

/** A key that was refused is stored as set aside; until every call knows, it comes last here. */
const refusedMs = 60_000;
const longestCoolMs = 60_000;
/** Where a provider limits a key and does not say for how long. */
const defaultCoolMs = 10_000;

/**
 * Whose turn it is among the keys of each provider: one after the other on this instance, those that
 * were just limited or refused, on whichever instance, behind the rest.
 */
export class KeyRing {
  private readonly turns = new Map<string, number>();

  constructor(private readonly rests: KeyRests = new KeyRests()) {}

  /** The keys for one call at a provider; null where it needs none. */
  start(providerId: string, keys: readonly OpenKey[]): KeyTurn {
    if (keys.length < 2) return new KeyTurn(this, providerId, keys);
    const turn = this.turns.get(providerId) ?? 0;
    this.turns.set(providerId, turn + 1);
    const first = turn % keys.length;
    return new KeyTurn(this, providerId, [...keys.slice(first), ...keys.slice(0, first)]);
  }

  /** When it may be used again; 0 when it may now. */
  coolUntilMs(providerId: string, key: OpenKey): number {
    return this.rests.get(nameOf(providerId, key));
  }

  cool(providerId: string, key: OpenKey, ms: number): void {
    this.rests.begin(nameOf(providerId, key), ms);
  }

  /** It works after all. */
  warm(providerId: string, key: OpenKey): void {
    this.rests.end(nameOf(providerId, key));
  }
}

/** The keys that one call may use at one provider. */
export class KeyTurn {
  private readonly refused = new Set<OpenKey>();

  constructor(
    private readonly ring: KeyRing,
    private readonly providerId: string,
    private readonly keys: readonly OpenKey[],
  ) {}

  get count(): number {
    return this.keys.length;
  }

  /** The next key to use: one that is free, else the one that is free again first. */
  pick(): OpenKey | null {
    const left = this.keys.filter((key) => !this.refused.has(key));
    const cool = (key: OpenKey) => this.ring.coolUntilMs(this.providerId, key);
    const [first = null] = left.toSorted((one, other) => cool(one) - cool(other));
    return first;
  }

  /** Whether another key than this one could be used at once. */
  hasOther(key: OpenKey): boolean {
    return this.keys.some(
      (other) =>
        other !== key &&
        !this.refused.has(other) &&
        this.ring.coolUntilMs(this.providerId, other) === 0,
    );
  }

  /** Takes a key out of this call, and puts it last for the next ones. */
  refuse(key: OpenKey): void {
    this.refused.add(key);
    this.ring.cool(this.providerId, key, refusedMs);
  }

  /** Notes that a key has reached its limit. */
  limit(key: OpenKey, waitMs: number | null): void {
    this.ring.cool(this.providerId, key, Math.min(waitMs ?? defaultCoolMs, longestCoolMs));
  }

  accept(key: OpenKey): void {
    this.ring.warm(this.providerId, key);
  }
}

// The environment's key has no id.
const nameOf = (providerId: string, { id }: OpenKey) => id ?? `environment of ${providerId}`;

import "server-only";
import * as z from "zod";
import { accountEventSchema } from "@/lib/contracts/events";
import { newId } from "../ids";
import { redis, type RedisDoor } from "../redis/client";
import { singleton } from "../singleton";

const signalSchema = z.union([
  accountEventSchema,
  /** Events may have been lost on the way. */
  z.object({ type: z.literal("missed") }),
  /** Sessions of the account may have ended. */
  z.object({ type: z.literal("check-session") }),
  /** One session ended; others of the account go on. */
  z.object({ type: z.literal("signed-out"), sessionKey: z.string() }),
]);

/** What goes through the bus: events for browsers, and what concerns their streams. */
export type AccountSignal = z.infer<typeof signalSchema>;

export type SignalListener = (signal: AccountSignal) => void;

const letterSchema = z.object({ from: z.string(), signal: signalSchema });

const channelOf = (userId: string) => `parley:account:${userId}`;

type Account = { listeners: Set<SignalListener>; unsubscribe: () => void };

/**
 * Carries signals to an account's listeners: in this process at once, whatever becomes of Redis,
 * and through Redis, where there is one, on every other instance.
 */
export class AccountBus {
  private readonly accounts = new Map<string, Account>();
  private readonly name = newId();
  private readonly door: RedisDoor | null;

  constructor(door: RedisDoor | null) {
    this.door = door;
  }

  /** @returns a function that ends it. */
  listen(userId: string, listener: SignalListener): () => void {
    const account = this.accounts.get(userId) ?? this.open(userId);
    account.listeners.add(listener);
    return () => {
      account.listeners.delete(listener);
      if (account.listeners.size > 0 || this.accounts.get(userId) !== account) return;
      this.accounts.delete(userId);
      account.unsubscribe();
    };
  }

  /** Never throws and never waits. */
  send(userId: string, signal: AccountSignal): void {
    this.deliver(userId, signal);
    void this.door?.publish(channelOf(userId), JSON.stringify({ from: this.name, signal }));
  }

  private open(userId: string): Account {
    const receive = (text: string) => {
      const letter = letterSchema.safeParse(parse(text));
      // One's own came by the shorter way.
      if (letter.success && letter.data.from !== this.name)
        this.deliver(userId, letter.data.signal);
    };
    const onGap = () => this.deliver(userId, { type: "missed" });
    const unsubscribe = this.door?.subscribe(channelOf(userId), receive, onGap);
    const account = {
      listeners: new Set<SignalListener>(),
      unsubscribe: unsubscribe ?? (() => undefined),
    };
    this.accounts.set(userId, account);
    return account;
  }

  private deliver(userId: string, signal: AccountSignal): void {
    for (const listener of [...(this.accounts.get(userId)?.listeners ?? [])]) listener(signal);
  }
}

/** The bus of this process. */
export const accountBus = () => singleton("account-bus", () => new AccountBus(redis()));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

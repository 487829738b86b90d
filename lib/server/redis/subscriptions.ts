import "server-only";
import { logger } from "../logger";
import { Connection, type RedisClient } from "./connection";

export type Listener = (text: string) => void;

type Subscription = { listener: Listener; onGap: (() => void) | undefined };

/**
 * The subscriptions of a process, on one connection of their own, which is made with the first.
 * They are kept here, and renewed on each new connection.
 */
export class Subscriptions {
  private readonly url: string;
  private readonly byChannel = new Map<string, Set<Subscription>>();
  private connection: Connection | null = null;

  constructor(url: string) {
    this.url = url;
  }

  /** @returns a function that ends the subscription. */
  add(channel: string, subscription: Subscription): () => void {
    const subscribers = this.byChannel.get(channel) ?? new Set();
    subscribers.add(subscription);
    if (subscribers.size === 1) {
      this.byChannel.set(channel, subscribers);
      if (this.connection === null) this.connection = this.connect();
      else if (this.connection.current.isReady) this.listen(this.connection.current, channel);
    }
    return () => {
      subscribers.delete(subscription);
      if (subscribers.size > 0 || this.byChannel.get(channel) !== subscribers) return;
      this.byChannel.delete(channel);
      this.connection?.current.unsubscribe(channel).catch(() => undefined);
    };
  }

  close(): void {
    this.byChannel.clear();
    this.connection?.close();
    this.connection = null;
  }

  private connect(): Connection {
    let hasBeenReady = false;
    return new Connection(this.url, (client) => {
      for (const channel of this.byChannel.keys()) this.listen(client, channel);
      if (hasBeenReady)
        for (const subscribers of this.byChannel.values())
          for (const { onGap } of subscribers) onGap?.();
      hasBeenReady = true;
    });
  }

  private listen(client: RedisClient, channel: string): void {
    // The client renews its own subscriptions when it reconnects; the same function counts once.
    client.subscribe(channel, this.deliver).catch(() => {
      // The connection was lost meanwhile, and the next one subscribes again.
    });
  }

  private readonly deliver = (text: string, channel: string): void => {
    for (const { listener } of this.byChannel.get(channel) ?? []) {
      try {
        listener(text);
      } catch (error) {
        logger().error({ error }, "a listener failed");
      }
    }
  };
}

import "server-only";
import { createClient } from "@redis/client";
import { logger } from "../logger";
import { within } from "../within";

const connectTimeoutMs = 2_000;
const lastReconnectMs = 2_000;
const pingEveryMs = 5_000;
const pingTimeoutMs = 2_000;

function makeClient(url: string) {
  return createClient({
    url,
    // Every server and every proxy speaks it.
    RESP: 2,
    maintNotifications: "disabled",
    disableClientInfo: true,
    // What can't be sent now is refused now: nothing piles up while the server is away.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (retries) =>
        Math.random() * 50 + Math.min(50 * 2 ** retries, lastReconnectMs),
    },
  });
}

export type RedisClient = ReturnType<typeof makeClient>;

/**
 * One connection that is always wanted: it reconnects with backoff, and a connection that is open
 * but silent (a server that hangs, a route that swallows packets) is found by pings, which also
 * keep an idle one from being cut, and is replaced.
 */
export class Connection {
  private client: RedisClient;
  private readonly url: string;
  private readonly onReady: (client: RedisClient) => void;
  private readonly timer: NodeJS.Timeout;
  private isClosed = false;

  /** `onReady` is called on each connection, the first and every later one. */
  constructor(url: string, onReady: (client: RedisClient) => void = () => undefined) {
    this.url = url;
    this.onReady = onReady;
    this.client = this.open();
    this.timer = setInterval(() => void this.watch(), pingEveryMs).unref();
  }

  get current(): RedisClient {
    return this.client;
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    discard(this.client);
  }

  private open(): RedisClient {
    const client = makeClient(this.url);
    let wasReady = true;
    client.on("error", (error: unknown) => {
      // One line per outage, not one per attempt.
      if (wasReady && !this.isClosed) logger().warn({ error }, "redis is away");
      wasReady = false;
    });
    client.on("ready", () => {
      if (!wasReady) logger().info("redis is back");
      wasReady = true;
      this.onReady(client);
    });
    // It goes on trying by itself; a rejection only says that it was discarded meanwhile.
    client.connect().catch(() => undefined);
    return client;
  }

  private async watch(): Promise<void> {
    const { client } = this;
    try {
      await within(client.ping(), pingTimeoutMs);
    } catch {
      if (this.isClosed || client !== this.client) return;
      discard(client);
      this.client = this.open();
    }
  }
}

function discard(client: RedisClient): void {
  try {
    client.destroy();
  } catch {
    // Never connected: nothing to close.
  }
}

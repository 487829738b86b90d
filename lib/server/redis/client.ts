import "server-only";
import { env } from "../env";
import { singleton } from "../singleton";
import { Breaker } from "./breaker";
import { Connection, type RedisClient } from "./connection";
import { Subscriptions, type Listener } from "./subscriptions";

/** No call to Redis may hold anybody up for longer. */
const callLimitMs = 250;

/**
 * What instances share through Redis. Nothing of Parley needs it to work: whoever uses it has
 * another way when a call is refused.
 */
export type RedisDoor = {
  /**
   * Runs commands, at most 250 ms.
   *
   * @throws RedisUnavailableError when Redis is slow, away, full or was so a moment ago.
   */
  command: <Value>(run: (client: RedisClient) => Promise<Value>) => Promise<Value>;
  /** Tells the listeners of a channel on every instance. Best effort; @returns whether it went out. */
  publish: (channel: string, text: string) => Promise<boolean>;
  /**
   * Listens to a channel until the returned function is called. `onGap` is called when the
   * connection is back after it was lost, since what was published meanwhile is missed.
   */
  subscribe: (channel: string, listener: Listener, onGap?: () => void) => () => void;
  close: () => void;
};

/** The door to Redis of this process; null without REDIS_URL. */
export function redis(): RedisDoor | null {
  return singleton("redis", () => {
    const url = env().REDIS_URL;
    return url === undefined ? null : openRedis(url);
  });
}

/** Opens a door to the Redis at `url`. Whether it answers shows with the first call. */
export function openRedis(url: string): RedisDoor {
  const connection = new Connection(url);
  const breaker = new Breaker(callLimitMs);
  const subscriptions = new Subscriptions(url);
  const command: RedisDoor["command"] = (run) => breaker.run(() => run(connection.current));
  return {
    command,
    publish: (channel, text) =>
      command((client) => client.publish(channel, text)).then(
        () => true,
        () => false,
      ),
    subscribe: (channel, listener, onGap) => subscriptions.add(channel, { listener, onGap }),
    close: () => {
      connection.close();
      subscriptions.close();
    },
  };
}

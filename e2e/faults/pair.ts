import type { ApiClient } from "../fixtures/api-client";
import { type App } from "../fixtures/app";
import { findRedisServer, startPrivateRedis, type PrivateRedis } from "../fixtures/private-redis";
import { serverUrl, Stage } from "./stage";

/** Whether two instances can be tried here: they need PostgreSQL and Redis. CI has both. */
export const canPair = serverUrl !== "" && findRedisServer() !== null;

/** Two instances of one build on one database, with or without a Redis between them. */
export type Pair = {
  stage: Stage;
  /** The second instance. */
  other: App;
  /** The member, at the second instance. */
  there: ApiClient;
  redis: PrivateRedis;
  stop: () => Promise<void>;
};

/** `absent`: there is a REDIS_URL, and nobody there. */
export type RedisUse = "yes" | "no" | "absent";

export async function startPair(redisUse: RedisUse): Promise<Pair> {
  const redis = await startPrivateRedis(findRedisServer() ?? "");
  if (redisUse === "absent") await redis.kill();
  const stage = await Stage.start({ env: redisUse === "no" ? {} : { REDIS_URL: redis.url } });
  const other = await stage.startSecond();
  return {
    stage,
    other,
    there: stage.member.at(other.url),
    redis,
    stop: async () => {
      await other.stop();
      await stage.stop();
      await redis.stop();
    },
  };
}

import "server-only";
import { afterEach } from "vitest";
import { openRedis } from "../redis/client";
import { Hub } from "./hub";
import { MemoryHome } from "./memory-home";
import { RedisHome } from "./redis-home";
import { RemoteAnswers } from "./remote-answers";
import { openStoredSource } from "./stored-source";

const storeKey = Symbol.for("parley.singletons");

/** Makes hubs on the database of the test, as instances that share it have them. */
export function useInstances(redisUrl: string | null) {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    singletons().delete("hub");
  });

  const openInstance = (): Hub => {
    const remotes = new RemoteAnswers(openStoredSource);
    if (redisUrl === null) return new Hub({ home: new MemoryHome(), remotes, isAlone: false });
    const door = openRedis(redisUrl);
    closers.push(() => {
      door.close();
    });
    return new Hub({ home: new RedisHome(door, remotes), remotes, isAlone: false });
  };

  return {
    openInstance,
    /** Opens the instance that takes the turns of this process. */
    openOwn: (): Hub => {
      const own = openInstance();
      singletons().set("hub", own);
      return own;
    },
  };
}

function singletons(): Map<string, unknown> {
  const holder = globalThis as { [storeKey]?: Map<string, unknown> };
  return (holder[storeKey] ??= new Map<string, unknown>());
}

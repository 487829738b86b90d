import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  breakerPolicy,
  freshBreaker,
  type BreakerState,
} from "@/lib/domain/failover/breaker-memory";
import { logger } from "../logger";
import type { RedisDoor } from "../redis/client";
import type { BreakerHome, Change } from "./breaker-home";
import { BreakerListeners } from "./breaker-listeners";

const channel = "parley:breakers";
const keyOf = (modelId: string) => `parley:breaker:${modelId}`;

// Longer than anything of it matters.
const keptSeconds = String(Math.ceil((breakerPolicy.memoryMs * 1.5) / 1000));
// Instances that change the same model at the same moment follow each other.
const mostTries = 20;

// Writes only over what was read, tells the others, and answers with what is there otherwise.
const replaceScript = `
local found = redis.call('GET', KEYS[1]) or ''
if found ~= ARGV[1] then return found end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return false`;

// The door leaves a Redis that did not answer alone for a second, then lets a single call try it.
const pausesMs = [1_100, 300];

const callOutSchema = z.object({ id: z.string(), atMs: z.number() });

const stateSchema = z.object({
  failuresInRow: z.number(),
  lastFailureMs: z.number().nullable(),
  provenMs: z.number().nullable(),
  minute: z.array(z.object({ number: z.number(), answered: z.number(), failed: z.number() })),
  openUntilMs: z.number().nullable(),
  probe: callOutSchema.nullable(),
  out: z.array(callOutSchema),
  isKeyTrouble: z.boolean(),
});

/** Grows with each change: news that come late are told by it. */
const keptSchema = z.object({ version: z.number(), state: stateSchema });
const newsSchema = z.object({ modelId: z.string(), text: z.string() });

/** The state of a model as Redis has it, and what this process makes of it. */
type Copy = { text: string; version: number; state: BreakerState };

const noCopy: Copy = { text: "", version: 0, state: freshBreaker };

type Waiting = { apply: (state: BreakerState) => BreakerState; settle: () => void };

/**
 * The states of several processes. Each keeps copies, which the others' news keep up to date: what
 * changes nothing is decided on the copy alone. A change is written only over what it was made
 * from; those of one process go together. Without Redis the copy is changed, as in memory.
 */
export class RedisBreakerHome implements BreakerHome {
  private readonly copies = new Map<string, Copy>();
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly listeners = new BreakerListeners();
  private readonly unsubscribe: () => void;
  private isAway = false;

  constructor(private readonly door: RedisDoor) {
    this.unsubscribe = door.subscribe(
      channel,
      (text) => {
        this.hear(text);
      },
      () => {
        // News were missed: what is there is read anew.
        this.copies.clear();
        this.listeners.tellAll();
      },
    );
  }

  peek(modelId: string): BreakerState {
    return this.copies.get(modelId)?.state ?? freshBreaker;
  }

  change<Result>(modelId: string, change: Change<Result>): Promise<Result> {
    const copy = this.copies.get(modelId);
    const line = this.waiting.get(modelId);
    if (copy !== undefined && line === undefined) {
      const [after, result] = change(copy.state);
      if (after === copy.state) return Promise.resolve(result);
    }
    return new Promise((resolve) => {
      let result: Result;
      const waiting: Waiting = {
        apply: (state) => {
          const [after, given] = change(state);
          result = given;
          return after;
        },
        settle: () => {
          resolve(result);
        },
      };
      if (line === undefined) {
        this.waiting.set(modelId, [waiting]);
        void this.work(modelId);
      } else line.push(waiting);
    });
  }

  async readAll(modelIds: readonly string[]): Promise<Map<string, BreakerState>> {
    if (modelIds.length === 0) return new Map();
    try {
      const texts = await this.door.command((client) => client.mGet(modelIds.map(keyOf)));
      return new Map(modelIds.map((id, index) => [id, readCopy(texts[index] ?? "").state]));
    } catch {
      return new Map(modelIds.map((id) => [id, this.peek(id)]));
    }
  }

  listen(modelId: string, listener: () => void): () => void {
    return this.listeners.add(modelId, listener);
  }

  close(): void {
    this.unsubscribe();
  }

  private async work(modelId: string): Promise<void> {
    // What was asked for in this tick goes together.
    await Promise.resolve();
    for (;;) {
      const line = this.waiting.get(modelId) ?? [];
      if (line.length === 0) {
        this.waiting.delete(modelId);
        return;
      }
      this.waiting.set(modelId, []);
      const before = this.copies.get(modelId)?.state;
      const state = await this.replace(modelId, (from) =>
        line.reduce((left, { apply }) => apply(left), from),
      );
      for (const { settle } of line) settle();
      if (state !== before) this.listeners.tell(modelId);
    }
  }

  private async replace(
    modelId: string,
    apply: (state: BreakerState) => BreakerState,
  ): Promise<BreakerState> {
    let copy = this.copies.get(modelId) ?? noCopy;
    let isRead = this.copies.has(modelId);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const state = apply(copy.state);
      if (isRead && state === copy.state) return state;
      const version = Math.max(Date.now(), copy.version + 1);
      const text = JSON.stringify({ version, state });
      const found = await this.write(modelId, copy.text, text);
      if (found === null) {
        this.copies.set(modelId, { text, version, state });
        return state;
      }
      if (found === undefined) {
        // The next change that goes out finds what Redis has, and starts from there.
        this.copies.set(modelId, { ...copy, state });
        return state;
      }
      copy = readCopy(found);
      isRead = true;
      this.copies.set(modelId, copy);
    }
    logger().warn({ modelId }, "the state of a breaker changed too often to be written");
    return this.peek(modelId);
  }

  /**
   * Waits for a Redis that was there a moment ago: an instance that is busy itself, as with its first
   * calls, would otherwise go alone just when all go together. Who has waited in vain once goes alone
   * at once until Redis is back.
   *
   * @returns null when it is written, what is there instead, or undefined without Redis.
   */
  private async write(
    modelId: string,
    before: string,
    after: string,
  ): Promise<string | null | undefined> {
    for (const pauseMs of this.isAway ? [0] : [0, ...pausesMs]) {
      if (pauseMs > 0) await sleep(pauseMs);
      const found = await this.tryToWrite(modelId, before, after);
      if (found === undefined) continue;
      this.isAway = false;
      // It was written by a try whose answer came too late.
      return found === after ? null : found;
    }
    if (!this.isAway) logger().warn({ modelId }, "breakers are not shared until redis answers");
    this.isAway = true;
    return undefined;
  }

  private async tryToWrite(
    modelId: string,
    before: string,
    after: string,
  ): Promise<string | null | undefined> {
    const news = JSON.stringify({ modelId, text: after });
    try {
      const found = await this.door.command((client) =>
        client.eval(replaceScript, {
          keys: [keyOf(modelId)],
          arguments: [before, after, keptSeconds, channel, news],
        }),
      );
      return typeof found === "string" ? found : null;
    } catch {
      return undefined;
    }
  }

  private hear(text: string): void {
    try {
      const news = newsSchema.parse(JSON.parse(text));
      const copy = readCopy(news.text);
      // Late news: a change of ours went out meanwhile.
      if (copy.version <= (this.copies.get(news.modelId)?.version ?? 0)) return;
      this.copies.set(news.modelId, copy);
      this.listeners.tell(news.modelId);
    } catch (error) {
      logger().warn({ error }, "news of a breaker were not understood");
    }
  }
}

/** What is written by another version counts as nothing. */
function readCopy(text: string): Copy {
  if (text === "") return noCopy;
  try {
    return { text, ...keptSchema.parse(JSON.parse(text)) };
  } catch {
    return { ...noCopy, text };
  }
}

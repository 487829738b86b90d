import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { RedisDoor } from "../redis/client";
import type { PlacedDelta } from "./answer-source";
import type { LiveAnswer } from "./live-answer";
import { candidateKey, liveKey, logKey, writeEntry } from "./redis-format";

// While somebody reads along on another instance, and while nobody does.
const followedEveryMs = 50;
const otherwiseEveryMs = 250;
const againAfterMs = 1_000;
/** After a crash nothing of it stays for longer. */
const liveForMs = 30_000;
const beatEveryMs = 10_000;
/** For those who are still reading its end. */
const overForMs = 10_000;

/**
 * Copies a live answer into Redis as it grows, for readers on other instances: a log of entries,
 * and pointers to it under the conversation and, of several side by side, under the message. Nothing waits for it; when Redis was away or has
 * forgotten, the log is written anew.
 *
 * @returns a function that lets the last of it arrive and takes the pointer away.
 */
export function shareAnswer(door: RedisDoor, answer: LiveAnswer): () => Promise<void> {
  const removal = new AbortController();
  const copying = copy(door, answer, removal.signal);
  return () => {
    removal.abort();
    return copying;
  };
}

async function copy(door: RedisDoor, answer: LiveAnswer, removed: AbortSignal): Promise<void> {
  const log = new SharedLog(door, answer);
  const isRemoved = () => removed.aborted;
  for (;;) {
    const sent = await log.send();
    if (isRemoved()) break;
    const waitMs =
      sent === "failed" ? againAfterMs : sent === "followed" ? followedEveryMs : otherwiseEveryMs;
    await sleep(waitMs, undefined, { signal: removed, ref: false }).catch(() => undefined);
    if (sent !== "failed") await log.waitForNews(removed);
  }
  await log.send();
  await log.remove();
}

function pointersOf({ id, actor, conversationId, current }: LiveAnswer): string[] {
  const { candidates } = current.metadata;
  const ofConversation = liveKey(actor.userId, conversationId);
  if (candidates === undefined) return [ofConversation];
  const own = candidateKey(actor.userId, conversationId, id);
  return candidates[0]?.messageId === id ? [ofConversation, own] : [own];
}

/** What is in Redis of one answer. */
class SharedLog {
  private readonly door: RedisDoor;
  private readonly answer: LiveAnswer;
  private place = 0;
  private version = -1;
  private readonly lengths: number[] = [];
  private readonly pointers: readonly string[];
  private isThere = false;

  constructor(door: RedisDoor, answer: LiveAnswer) {
    this.door = door;
    this.answer = answer;
    this.pointers = pointersOf(answer);
  }

  /** Sends what is new, or that it is alive; all of it when it is not there any more. */
  async send(): Promise<"followed" | "alone" | "failed"> {
    const { answer } = this;
    if (!this.isThere) this.startAgain();
    const place = answer.length;
    const { metadata, version, isOver } = answer.current;
    const hasNews = place > this.place || version !== this.version;
    const entry = hasNews
      ? writeEntry({
          deltas: this.placeDeltas(),
          metadata: version === this.version ? null : metadata,
          isOver,
        })
      : null;
    try {
      const { receivers, isThere } = await this.write(entry, !this.isThere);
      this.isThere = isThere;
      if (!isThere) return "failed";
      this.place = place;
      this.version = version;
      return receivers > 0 ? "followed" : "alone";
    } catch {
      // Whether it arrived is not known: begin anew, readers put it in its place.
      this.isThere = false;
      return "failed";
    }
  }

  /** Waits for something to send, and not longer than until the next sign of life. */
  async waitForNews(removed: AbortSignal): Promise<void> {
    const { isOver } = this.answer.current;
    const waiting = AbortSignal.any([removed, AbortSignal.timeout(beatEveryMs)]);
    if (isOver && this.version === this.answer.current.version)
      await sleep(beatEveryMs, undefined, { signal: waiting, ref: false }).catch(() => undefined);
    else await this.answer.changed(this.place, this.version, waiting);
  }

  async remove(): Promise<void> {
    const { actor, generationId } = this.answer;
    await this.door
      .command((client) =>
        client
          .multi()
          .del([...this.pointers])
          .pExpire(logKey(actor.userId, generationId), overForMs)
          .execAsPipeline(),
      )
      .catch(() => undefined);
  }

  private async write(
    entry: string | null,
    isAnew: boolean,
  ): Promise<{ receivers: number; isThere: boolean }> {
    const { id, actor, generationId, current } = this.answer;
    const key = logKey(actor.userId, generationId);
    const { pointers } = this;
    const text = entry ?? "";
    return this.door.command(async (client) => {
      if (entry === null) {
        const [isKnown] = await Promise.all([
          client.pExpire(key, liveForMs),
          ...pointers.map((pointer) => client.pExpire(pointer, liveForMs)),
        ]);
        return { receivers: 0, isThere: isKnown === 1 };
      }
      if (isAnew) {
        const value = JSON.stringify({ id, generationId, metadata: current.metadata });
        const anew = client
          .multi()
          .publish(key, "")
          .del(key)
          .xAdd(key, "*", { entry: text })
          .pExpire(key, liveForMs);
        for (const pointer of pointers)
          anew.set(pointer, value, { expiration: { type: "PX", value: liveForMs } });
        const [receivers] = await anew.execTyped();
        return { receivers, isThere: true };
      }
      const more = client
        .multi()
        .xAddNoMkStream(key, "*", { entry: text })
        .publish(key, "")
        .pExpire(key, liveForMs);
      for (const pointer of pointers) more.pExpire(pointer, liveForMs);
      const [written, receivers] = await more.execAsPipelineTyped();
      return { receivers, isThere: written !== null };
    });
  }

  private startAgain(): void {
    this.place = 0;
    this.version = -1;
    this.lengths.length = 0;
  }

  private placeDeltas(): PlacedDelta[] {
    return this.answer.since(this.place).map(({ part, type, delta }) => {
      const at = this.lengths[part] ?? 0;
      this.lengths[part] = at + delta.length;
      return { part, type, at, delta };
    });
  }
}

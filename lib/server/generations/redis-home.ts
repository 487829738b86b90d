import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { logger } from "../logger";
import type { RedisDoor } from "../redis/client";
import type { AnswerHome, StopWish } from "./answer-home";
import type { FollowedAnswer } from "./answer-log";
import type { AnswerSource } from "./answer-source";
import type { LiveAnswer } from "./live-answer";
import { MemoryHome } from "./memory-home";
import { candidateKey, liveKey, pointerSchema, stopChannel, stopWishSchema } from "./redis-format";
import { openRedisSource } from "./redis-source";
import type { RemoteAnswers } from "./remote-answers";
import { shareAnswer } from "./share-answer";

/** Live answers of several processes: each has its own in memory, and finds the others' in Redis. */
export class RedisHome implements AnswerHome {
  private readonly door: RedisDoor;
  private readonly remotes: RemoteAnswers;
  private readonly memory = new MemoryHome();
  private readonly shared = new Map<LiveAnswer, () => Promise<void>>();
  private readonly leaving = new Set<Promise<void>>();
  private readonly unsubscribe: () => void;

  constructor(door: RedisDoor, remotes: RemoteAnswers) {
    this.door = door;
    this.remotes = remotes;
    this.unsubscribe = door.subscribe(stopChannel, (text) => {
      this.hear(text);
    });
  }

  add(answer: LiveAnswer): void {
    this.memory.add(answer);
    this.shared.set(answer, shareAnswer(this.door, answer));
  }

  remove(answer: LiveAnswer): void {
    this.memory.remove(answer);
    const leave = this.shared.get(answer);
    this.shared.delete(answer);
    if (leave === undefined) return;
    const leaving = leave().finally(() => this.leaving.delete(leaving));
    this.leaving.add(leaving);
  }

  own(): LiveAnswer[] {
    return this.memory.own();
  }

  findOwn(actor: Actor, conversationId: string): LiveAnswer[] {
    return this.memory.findOwn(actor, conversationId);
  }

  async find(
    actor: Actor,
    conversationId: string,
    messageId: string | null,
  ): Promise<FollowedAnswer | null> {
    const own = await this.memory.find(actor, conversationId, messageId);
    if (own !== null) return own;
    try {
      const { userId } = actor;
      const texts = await this.door.command((client) =>
        client.mGet([
          ...(messageId === null ? [] : [candidateKey(userId, conversationId, messageId)]),
          liveKey(userId, conversationId),
        ]),
      );
      const pointer = texts
        .flatMap((text) => (text === null ? [] : pointerSchema.parse(JSON.parse(text))))
        .find(({ id }) => (messageId ?? id) === id);
      if (pointer === undefined) return null;
      const { id, generationId, metadata } = pointer;
      const source = this.openSource(actor, generationId);
      const remote = this.remotes.follow(actor, { id, generationId, metadata }, source);
      // The pointer goes a moment after the end is stored.
      const { isOver, metadata: last } = remote.current;
      return isOver && last.isSaved !== false ? null : remote;
    } catch {
      // Slow, away, or of another version: the database knows too.
      return null;
    }
  }

  openSource(actor: Actor, generationId: string): AnswerSource {
    return openRedisSource(this.door, actor.userId, generationId);
  }

  stop(wish: StopWish): void {
    this.memory.stop(wish);
    void this.door.publish(stopChannel, JSON.stringify(wish));
  }

  async close(): Promise<void> {
    this.unsubscribe();
    await Promise.allSettled(this.leaving);
  }

  private hear(text: string): void {
    try {
      this.memory.stop(stopWishSchema.parse(JSON.parse(text)));
    } catch (error) {
      logger().warn({ error }, "a wish to stop was not understood");
    }
  }
}

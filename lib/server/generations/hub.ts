import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import {
  askToStop,
  askToStopAllOf,
  findLiveGeneration,
  isAnyGenerationLive,
  type LiveGeneration,
} from "../db/generations";
import { env } from "../env";
import { logger } from "../logger";
import { redis } from "../redis/client";
import { singleton } from "../singleton";
import { within } from "../within";
import type { AnswerHome } from "./answer-home";
import type { FollowedAnswer } from "./answer-log";
import { CheckpointRounds } from "./checkpoint-rounds";
import type { AbortBy, LiveAnswer } from "./live-answer";
import { MemoryHome } from "./memory-home";
import { pickAnswer } from "./pick-answer";
import { RedisHome } from "./redis-home";
import { RemoteAnswers } from "./remote-answers";
import { openStoredSource } from "./stored-source";

/** Nobody waits longer for the end of what is stopped. */
const stopForMs = 3_000;
const lookEveryMs = 100;
/** A generation that was silent for longer has nobody who writes it; housekeeping ends it. */
const leaseMs = 75_000;

/**
 * The live answers of an instance: those it writes, which are saved once a second, and the way to
 * those that other instances write: through Redis where there is one, always through the database.
 */
export class Hub {
  private readonly home: AnswerHome;
  private readonly remotes: RemoteAnswers;
  private readonly rounds: CheckpointRounds;
  private readonly done = new Map<LiveAnswer, Promise<void>>();
  private closedBy: AbortBy | null = null;

  constructor(given: { home: AnswerHome; remotes: RemoteAnswers; isAlone: boolean }) {
    this.home = given.home;
    this.remotes = given.remotes;
    this.rounds = new CheckpointRounds(() => this.home.own(), !given.isAlone);
  }

  /** Makes a live answer known until `done` settles: its end is stored. */
  add(answer: LiveAnswer, done: Promise<void>): void {
    this.home.add(answer);
    this.rounds.start();
    const removed = done.finally(() => {
      this.home.remove(answer);
      this.done.delete(answer);
    });
    this.done.set(answer, removed);
    removed.catch((error: unknown) => {
      logger().error({ error, answerId: answer.id }, "an answer was not closed");
    });
    if (this.closedBy !== null) answer.abort(this.closedBy);
  }

  /** Ids of the generations that this instance writes. */
  ownIds(): string[] {
    return this.home.own().map(({ generationId }) => generationId);
  }

  /** What this instance writes in one of the actor's conversations; of several, the first. */
  findOwn(
    actor: Actor,
    conversationId: string,
    messageId: string | null = null,
  ): LiveAnswer | null {
    return pickAnswer(this.home.findOwn(actor, conversationId), messageId);
  }

  /**
   * What is written in one of the actor's conversations, by whichever instance: the answer that is
   * named, or the first of those that are live; null when there is none.
   *
   * @throws AppError `not_found` when nothing is found and the conversation is not the actor's.
   */
  async follow(
    actor: Actor,
    conversationId: string,
    messageId: string | null = null,
  ): Promise<FollowedAnswer | null> {
    const found = await this.home.find(actor, conversationId, messageId);
    if (found !== null) return found;
    const live = await findLiveGeneration(actor, conversationId, messageId);
    // It may have begun here in this moment.
    const own = this.findOwn(actor, conversationId, messageId);
    if (own !== null || live === null || live.silentForMs > leaseMs) return own;
    const metadata = toMetadata(conversationId, live);
    const source = this.home.openSource(actor, live.id);
    return this.remotes.follow(
      actor,
      { id: live.answerId, generationId: live.id, metadata },
      source,
    );
  }

  /**
   * Ends what is written in one of the actor's conversations, at the provider too, by whichever
   * instance, and waits a moment until what came is saved: all of it, or the generation that is
   * meant. Nothing happens when that is not live.
   */
  async stop(actor: Actor, conversationId: string, generationId: string | null): Promise<void> {
    const own = this.home.findOwn(actor, conversationId);
    if (own.length > 0) {
      const meant = own.filter((one) => (generationId ?? one.generationId) === one.generationId);
      for (const answer of meant) answer.abort("user_stop");
      // One that is over already only waits for the database.
      const ending = meant.filter(({ current }) => !current.isOver);
      const ended = Promise.all(ending.map((answer) => this.done.get(answer) ?? Promise.resolve()));
      await within(ended, stopForMs).catch(() => undefined);
      return;
    }
    const asked = await askToStop(actor, conversationId, generationId);
    for (const one of asked)
      this.home.stop({ userId: actor.userId, conversationId, generationId: one });
    const deadline = Date.now() + stopForMs;
    while (asked.length > 0 && Date.now() < deadline && (await isAnyGenerationLive(actor, asked)))
      await sleep(lookEveryMs);
  }

  /** Ends every live answer of a user who may no longer be here. */
  stopAllOf(userId: string): void {
    this.home.stop({ userId, conversationId: null, generationId: null });
    askToStopAllOf({ system: "hub" }, userId).catch((error: unknown) => {
      logger().warn({ error, userId }, "other instances were not asked to stop");
    });
  }

  /** Ends all that this instance writes, and waits at most `withinMs` until what came is saved. */
  async close(by: AbortBy, withinMs: number): Promise<void> {
    this.closedBy = by;
    for (const answer of this.home.own()) answer.abort(by);
    const saved = Promise.allSettled(this.done.values()).then(() => this.home.close());
    await within(saved, withinMs).catch(() => undefined);
    this.closedBy = null;
  }
}

function toMetadata(conversationId: string, live: LiveGeneration): AnswerMetadata {
  return {
    conversationId,
    parentId: live.parentId,
    generationId: live.id,
    status: "streaming",
    model: live.modelLabel,
    title: live.title,
    ...(live.candidates === null ? {} : { candidates: live.candidates }),
    errorCode: null,
    errorDetails: null,
  };
}

/** The hub of this process. */
export function hub(): Hub {
  return singleton("hub", () => {
    const remotes = new RemoteAnswers(openStoredSource);
    const door = redis();
    const home = door === null ? new MemoryHome() : new RedisHome(door, remotes);
    return new Hub({ home, remotes, isAlone: env().isEmbedded });
  });
}

/** Makes a live answer known to readers until `done` settles. */
export function addLiveAnswer(answer: LiveAnswer, done: Promise<void>): void {
  hub().add(answer, done);
}

/** What this instance writes in one of the actor's conversations, or null. */
export function findLiveAnswer(actor: Actor, conversationId: string): LiveAnswer | null {
  return hub().findOwn(actor, conversationId);
}

/** What is written in one of the actor's conversations, wherever; see Hub.follow. */
export function followAnswer(
  actor: Actor,
  conversationId: string,
  messageId: string | null = null,
): Promise<FollowedAnswer | null> {
  return hub().follow(actor, conversationId, messageId);
}

/** Ends what is written in one of the actor's conversations; see Hub.stop. */
export function stopLiveAnswer(
  actor: Actor,
  conversationId: string,
  generationId: string | null = null,
): Promise<void> {
  return hub().stop(actor, conversationId, generationId);
}

/** Ends every live answer of a user who may no longer be here. */
export function stopAnswersOf(userId: string): void {
  hub().stopAllOf(userId);
}

/** Ends all that this instance writes, and waits until what came is saved, or time is up. */
export function stopAllGenerations(by: AbortBy, withinMs = 3_500): Promise<void> {
  return hub().close(by, withinMs);
}

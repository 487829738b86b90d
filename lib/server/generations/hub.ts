import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { saveCheckpoint } from "../db/close-turn";
import { logger } from "../logger";
import { singleton } from "../singleton";
import type { AbortBy, LiveAnswer } from "./live-answer";

const checkpointEveryMs = 1_000;
// A silent model must not look like a dead server: the heartbeat goes on without new text.
const heartbeatEveryTicks = 10;

type Entry = { answer: LiveAnswer; savedLength: number; isSaving: boolean; done: Promise<void> };

type Hub = { byConversation: Map<string, Entry>; timer: NodeJS.Timeout | null; ticks: number };

const hub = () =>
  singleton<Hub>("hub", () => ({ byConversation: new Map(), timer: null, ticks: 0 }));

/** Makes a live answer known to readers until `done` settles. */
export function addLiveAnswer(answer: LiveAnswer, done: Promise<void>): void {
  const { byConversation } = hub();
  const entry: Entry = { answer, savedLength: 0, isSaving: false, done };
  byConversation.set(answer.conversationId, entry);
  hub().timer ??= setInterval(checkpointAll, checkpointEveryMs).unref();
  void done.finally(() => {
    if (byConversation.get(answer.conversationId) === entry)
      byConversation.delete(answer.conversationId);
  });
}

/** The live answer of one of the actor's conversations, or null. */
export function findLiveAnswer(actor: Actor, conversationId: string): LiveAnswer | null {
  const answer = hub().byConversation.get(conversationId)?.answer;
  return answer?.actor.userId === actor.userId ? answer : null;
}

/**
 * Ends the live answer of one of the actor's conversations, at the provider too, and waits until
 * what came is saved. Nothing happens when none is live.
 */
export async function stopLiveAnswer(actor: Actor, conversationId: string): Promise<void> {
  const entry = hub().byConversation.get(conversationId);
  if (entry?.answer.actor.userId !== actor.userId) return;
  entry.answer.abort("user_stop");
  await entry.done;
}

/** Ends every live answer of a user who may no longer be here. */
export function stopAnswersOf(userId: string): void {
  for (const { answer } of hub().byConversation.values())
    if (answer.actor.userId === userId) answer.abort("user_stop");
}

/** Ends all live answers and waits until what came is saved. */
export async function stopAllGenerations(by: AbortBy): Promise<void> {
  const entries = [...hub().byConversation.values()];
  for (const { answer } of entries) answer.abort(by);
  await Promise.allSettled(entries.map((entry) => entry.done));
}

function checkpointAll(): void {
  const state = hub();
  state.ticks += 1;
  const isHeartbeat = state.ticks % heartbeatEveryTicks === 0;
  for (const entry of state.byConversation.values()) {
    const hasNews = entry.answer.length > entry.savedLength;
    if (entry.isSaving || entry.answer.current.isOver || !(hasNews || isHeartbeat)) continue;
    void checkpoint(entry);
  }
}

async function checkpoint(entry: Entry): Promise<void> {
  const { answer } = entry;
  const length = answer.length;
  entry.isSaving = true;
  try {
    await saveCheckpoint(answer.actor, {
      id: answer.id,
      generationId: answer.generationId,
      parts: answer.parts(),
    });
    entry.savedLength = length;
  } catch (error) {
    // The stream goes on; the next tick tries again.
    logger().warn({ error, answerId: answer.id }, "checkpoint failed");
  } finally {
    entry.isSaving = false;
  }
}

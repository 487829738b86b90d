import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { AnswerHome, StopWish } from "./answer-home";
import type { LiveAnswer } from "./live-answer";

/** Live answers of one process. */
export class MemoryHome implements AnswerHome {
  private readonly byGeneration = new Map<string, LiveAnswer>();

  add(answer: LiveAnswer): void {
    this.byGeneration.set(answer.generationId, answer);
  }

  remove(answer: LiveAnswer): void {
    this.byGeneration.delete(answer.generationId);
  }

  own(): LiveAnswer[] {
    return [...this.byGeneration.values()];
  }

  findOwn(actor: Actor, conversationId: string): LiveAnswer | null {
    const own = this.own().findLast(
      (answer) => answer.conversationId === conversationId && answer.actor.userId === actor.userId,
    );
    return own ?? null;
  }

  find(actor: Actor, conversationId: string): Promise<LiveAnswer | null> {
    return Promise.resolve(this.findOwn(actor, conversationId));
  }

  openSource(): null {
    return null;
  }

  stop({ userId, conversationId, generationId }: StopWish): void {
    for (const answer of this.own()) {
      const fits =
        answer.actor.userId === userId &&
        (conversationId ?? answer.conversationId) === answer.conversationId &&
        (generationId ?? answer.generationId) === answer.generationId;
      if (fits) answer.abort("user_stop");
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

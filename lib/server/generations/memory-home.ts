import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { AnswerHome, StopWish } from "./answer-home";
import { pickAnswer } from "./pick-answer";
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

  findOwn(actor: Actor, conversationId: string): LiveAnswer[] {
    return this.own().filter(
      (answer) => answer.conversationId === conversationId && answer.actor.userId === actor.userId,
    );
  }

  find(actor: Actor, conversationId: string, messageId: string | null): Promise<LiveAnswer | null> {
    return Promise.resolve(pickAnswer(this.findOwn(actor, conversationId), messageId));
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

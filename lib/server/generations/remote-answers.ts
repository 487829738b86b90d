import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import type { AnswerSource } from "./answer-source";
import { RemoteAnswer } from "./remote-answer";

type OpenStored = (actor: Actor, generationId: string, metadata: AnswerMetadata) => AnswerSource;

/** The copies in this process of what other instances write: one for all who read it. */
export class RemoteAnswers {
  private readonly byGeneration = new Map<string, WeakRef<RemoteAnswer>>();
  private readonly openStored: OpenStored;

  constructor(openStored: OpenStored) {
    this.openStored = openStored;
  }

  /** The copy of a generation of the actor's. */
  follow(
    actor: Actor,
    answer: { id: string; generationId: string; metadata: AnswerMetadata },
    fast: AnswerSource | null,
  ): RemoteAnswer {
    // Whoever reads it keeps it; a copy without readers is forgotten by itself.
    const key = `${actor.userId} ${answer.generationId}`;
    const known = this.byGeneration.get(key)?.deref();
    if (known !== undefined && !known.current.isLost) return known;
    for (const [other, ref] of this.byGeneration)
      if (ref.deref() === undefined) this.byGeneration.delete(other);
    const stored = this.openStored(actor, answer.generationId, answer.metadata);
    const remote = new RemoteAnswer(answer.id, answer.metadata, { fast, stored });
    this.byGeneration.set(key, new WeakRef(remote));
    return remote;
  }
}

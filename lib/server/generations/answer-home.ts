import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { FollowedAnswer } from "./answer-log";
import type { AnswerSource } from "./answer-source";
import type { LiveAnswer } from "./live-answer";

/** What is to be stopped: all of a user's, or narrowed down to a conversation or a generation. */
export type StopWish = {
  userId: string;
  conversationId: string | null;
  generationId: string | null;
};

/**
 * Where live answers are found: in the memory of this process, or shared with other instances
 * through Redis. Whoever writes an answer never waits for either.
 */
export type AnswerHome = {
  /** Makes an answer known until it is removed. */
  add: (answer: LiveAnswer) => void;
  /** Its end is stored: from now on the database is asked for it. */
  remove: (answer: LiveAnswer) => void;
  /** Every answer that this process writes. */
  own: () => LiveAnswer[];
  /** What this process writes in one of the actor's conversations: several side by side, in order. */
  findOwn: (actor: Actor, conversationId: string) => LiveAnswer[];
  /**
   * What is written in one of the actor's conversations, as far as this home knows: one answer, or
   * without `messageId` the first.
   */
  find: (
    actor: Actor,
    conversationId: string,
    messageId: string | null,
  ) => Promise<FollowedAnswer | null>;
  /** A faster way than the database to what another instance writes, if there is one. */
  openSource: (actor: Actor, generationId: string) => AnswerSource | null;
  /** Ends what fits the wish here at once, and tells the other instances. */
  stop: (wish: StopWish) => void;
  /** Lets what was shared last arrive. */
  close: () => Promise<void>;
};

import "server-only";
import type { FollowedAnswer } from "../generations/answer-log";

/** A turn's answer: live, or stored already because the same message came before. */
export type TakenTurn =
  | { kind: "live"; answer: FollowedAnswer }
  | { kind: "repeated"; conversationId: string; userMessageId: string };

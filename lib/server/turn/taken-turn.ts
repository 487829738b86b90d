import "server-only";
import type { LiveAnswer } from "../generations/live-answer";

/** A turn's answer: live, or stored already because the same message came before. */
export type TakenTurn =
  | { kind: "live"; answer: LiveAnswer }
  | { kind: "repeated"; conversationId: string; userMessageId: string };

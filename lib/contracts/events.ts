import * as z from "zod";
import { conversationSummarySchema } from "./conversations";

/**
 * What GET /api/events tells a signed-in browser about the account's conversations, so that tabs
 * and devices keep in step. Each event is a JSON line of an event stream; a browser that missed
 * some reads the lists again after the next `hello`.
 */
export const accountEventSchema = z.discriminatedUnion("type", [
  /**
   * First on every connection. `build` names the build that serves; another one means: reload. So
   * does another account than the page's, after somebody else signed in in this browser.
   */
  z.object({ type: z.literal("hello"), build: z.string(), userId: z.string() }),
  /** Made, renamed, used, brought back; an answer began or ended. */
  z.object({ type: z.literal("conversation"), conversation: conversationSummarySchema }),
  z.object({ type: z.literal("conversation-removed"), id: z.string() }),
  /** Its messages are not what they were: another branch, an edit, a deletion. */
  z.object({ type: z.literal("messages-changed"), conversationId: z.string() }),
  /** Its model, its parameters or its system prompt are not what they were. */
  z.object({ type: z.literal("settings-changed"), conversationId: z.string() }),
  /** There are new alerts for the account, or it has seen them elsewhere. */
  z.object({ type: z.literal("alerts-changed") }),
]);
export type AccountEvent = z.infer<typeof accountEventSchema>;

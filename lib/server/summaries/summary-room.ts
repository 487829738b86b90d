import "server-only";
import type { Parameters } from "@/lib/contracts/parameters";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import type { Ruler } from "@/lib/domain/tokens/ruler";
import type { ResolvedAlias } from "../db/aliases";
import { findRoom } from "../models/fit-call";

/** The most that one call takes in, so that summaries never cost more than the chat. */
const mostTokens = 8_000;
const replyTokens = 1_000;
// Thoughts count as output, and a summary that they leave no room for is none.
const thinkingTokens = 4_000;
/** Instructions, tags, and what chat formats add. */
const frameTokens = 600;
const leastTokens = 200;

/** What a call for a summary asks of its model. */
export type SummaryRoom = {
  /** Tokens of the summary so far and of the turns, by `ruler`. */
  tokens: number;
  ruler: Ruler;
  parameters: Parameters;
};

/** How much a call for a summary may take in, so that each model of the alias is sent all of it. */
export function findSummaryRoom({ targets }: ResolvedAlias, needsThoughts: boolean): SummaryRoom {
  const [first] = targets;
  if (first === undefined) throw new Error("an alias without models");
  const card = settleCard(first.provider.kind, first.name, first.card);
  const thinks = card.capabilities.reasoning === "yes" || needsThoughts;
  const parameters: Parameters = {
    temperature: 0.2,
    maxOutputTokens: thinks ? thinkingTokens : replyTokens,
    ...(card.parameters.reasoningEffort === "yes" ? { reasoningEffort: "low" } : {}),
  };
  const rooms = targets.map((model) => findRoom({ parameters }, model));
  const tokens = Math.min(
    mostTokens,
    ...rooms.map(({ window, reply }) => (window ?? 2 * mostTokens) - reply - frameTokens),
  );
  const [{ ruler } = { ruler: undefined }] = rooms;
  if (ruler === undefined) throw new Error("an alias without models");
  return { tokens: Math.max(leastTokens, tokens), ruler, parameters };
}

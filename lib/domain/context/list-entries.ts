import type { PlanEntry, PlanReason, PlanState } from "@/lib/contracts/context";
import { takeFirstWords } from "../conversation/excerpt";
import { estimateImageTokens } from "../images/image-tokens";
import type { Ruler } from "../tokens/ruler";
import type { TokenCounts } from "@/lib/contracts/context";
import { findMark } from "./marks";
import type { ContextPlan } from "./plan";
import type { PlanInput } from "./plan-input";

/** A message of the branch as it is listed, which the plan may not have read. */
export type ListedMessage = {
  id: string;
  role: "user" | "assistant";
  /** The beginning of its text. */
  sample: string;
  /** Characters of the whole text. */
  characters: number;
  images: readonly { width?: number | undefined; height?: number | undefined }[];
  tokenCounts: TokenCounts | null;
  /** Whether the branch starts somewhere below it. */
  isBeforeStart: boolean;
};

export type PlanToList = {
  /** Null where nothing could be sent. */
  plan: Pick<ContextPlan, "entries" | "summary"> | null;
  input: Pick<PlanInput, "context" | "policy" | "summary">;
  ruler: Ruler;
};

/**
 * What becomes of each message of a page. The plan reads a branch only as far as it can be of use:
 * what is older than that is left out for the reason that ended it, or covered by the summary.
 */
export function listEntries(page: readonly ListedMessage[], list: PlanToList): PlanEntry[] {
  const { plan, input, ruler } = list;
  const planned = new Map((plan?.entries ?? []).map((entry) => [entry.id, entry]));
  return page.map((message): PlanEntry => {
    const { id, role, sample } = message;
    const entry = planned.get(id);
    const mark = findMark(input.context, id);
    const named = { messageId: id, role, excerpt: takeFirstWords(sample), mark };
    if (entry !== undefined) {
      const { state, reason, tokens, sentTokens } = entry;
      return { ...named, state, reason, tokens, sentTokens };
    }
    const tokens = measureListed(message, ruler);
    return { ...named, ...judgeUnread(message, list), tokens, sentTokens: 0 };
  });
}

type Judged = { state: PlanState; reason: PlanReason };

function judgeUnread(message: ListedMessage, { plan, input }: PlanToList): Judged {
  const leftOut = (reason: PlanReason): Judged => ({ state: "left_out", reason });
  const mark = findMark(input.context, message.id);
  if (mark === "excluded") return leftOut("excluded");
  if (message.role === "assistant" && message.sample.trim() === "") return leftOut("empty");
  if (message.isBeforeStart) return leftOut("before_start");
  if (plan?.summary && input.summary?.coversToId)
    return { state: "summarised", reason: "summarised" };
  if (plan === null) return leftOut("over_window");
  return leftOut(findLimit(plan, input));
}

const limits: readonly PlanReason[] = ["over_rounds", "over_tokens", "over_window"];

/** Why the oldest message that was read, and nobody marked, is left out. */
function findLimit(
  { entries }: Pick<ContextPlan, "entries">,
  { policy }: Pick<PlanInput, "policy">,
): PlanReason {
  const oldest = entries.find(({ reason }) => limits.includes(reason));
  if (oldest !== undefined) return oldest.reason;
  if (policy.kind === "tokens") return "over_tokens";
  return policy.kind === "window" ? "over_window" : "over_rounds";
}

function measureListed(message: ListedMessage, ruler: Ruler): number {
  const { sample, characters, images, tokenCounts } = message;
  const shown = images.reduce((sum, image) => sum + estimateImageTokens(image), ruler.perMessage);
  if (tokenCounts !== null) return shown + ruler.measure(tokenCounts);
  // Not counted yet, and too old to be read: its beginning stands for the whole.
  const share = sample.length === 0 ? 0 : Math.max(1, characters / Array.from(sample).length);
  return shown + Math.round(ruler.measure(ruler.count(sample)) * share);
}

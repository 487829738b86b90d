import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { requestContinuation } from "@/lib/domain/answer/continuation-request";
import { chooseImages } from "@/lib/domain/images/choose-images";
import { countText } from "@/lib/domain/tokens/count-text";
import type { BranchHistory } from "../db/branch-history";
import type { CallContext, ContextMessage } from "../models/call-context";
import { preparePromptImages } from "./prompt-images";
import { readReasoning, readText } from "./read-parts";

/**
 * Gathers what a call may say from the stored branch: the system prompt, the summary and the
 * messages, with the newest images. Answers without text (failed ones) are not part of it. A branch
 * that ends with an answer is one that goes on: then the model is asked to.
 *
 * @param history ends with the message to be answered, or with the answer that goes on.
 */
export function gatherContext(
  actor: Actor,
  systemPrompt: string,
  { history, isWhole, context, policy, summary }: BranchHistory,
): CallContext {
  const spoken = history
    .map((message) => ({ ...message, text: readText(message.parts) }))
    .filter(({ role, text }) => role === "user" || text.trim() !== "");
  const shown = chooseImages(spoken);
  const prepare = preparePromptImages(actor);
  const branch = spoken.map(({ id, role, parts, tokenCounts, ...written }, at): ContextMessage => {
    const { text, images, imageTokens } = shown[at] ?? { ...written, images: [], imageTokens: 0 };
    const reasoning = role === "assistant" ? readReasoning(parts) : "";
    return {
      id,
      role,
      text,
      counts: tokenCounts ?? countText(written.text),
      ...(images.length === 0 ? {} : { images: images.map(prepare), imageTokens }),
      ...(reasoning === "" ? {} : { reasoning }),
    };
  });
  const newestCount = askToContinue(branch);
  return {
    system: systemPrompt.trim() === "" ? null : systemPrompt,
    summary:
      summary === null
        ? null
        : {
            id: summary.id,
            text: summary.text,
            counts: summary.tokenCounts,
            coversToId: summary.coversToId,
          },
    branch,
    spokenBefore: findSpokenBefore(history, new Set(spoken.map(({ id }) => id))),
    isWhole,
    newestCount,
    policy,
    context,
    toolTokens: 0,
  };
}

/** A summary may end with an answer that failed; what it covers is told by the message before. */
function findSpokenBefore(
  history: BranchHistory["history"],
  spokenIds: ReadonlySet<string>,
): Map<string, string> {
  const found = new Map<string, string>();
  let before: string | null = null;
  for (const { id } of history)
    if (spokenIds.has(id)) before = id;
    else if (before !== null) found.set(id, before);
  return found;
}

/** Puts the request to go on behind an answer. @returns how many messages must go along. */
function askToContinue(branch: ContextMessage[]): number {
  const newest = branch.at(-1);
  if (newest?.role !== "assistant") return 1;
  const questionAt = branch.findLastIndex(({ role }) => role === "user");
  const text = requestContinuation(newest.text);
  branch.push({ id: "continuation", role: "user", text, counts: countText(text) });
  return branch.length - Math.max(0, questionAt);
}

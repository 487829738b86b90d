import "server-only";
import type { SummaryAnswer, SummaryPatch } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { countText } from "@/lib/domain/tokens/count-text";
import { changeBranchContext } from "../db/branch-context";
import { findOnBranch } from "../db/read-branch";
import { getInstanceSettings } from "../db/settings";
import { putSummary, requireSummary } from "../db/summary-edits";
import { readSummaryState, type SummaryState } from "../db/summary-state";
import { publishEvent } from "../events/publish";
import { newId } from "../ids";
import { readSummary } from "./read-summary";

/**
 * Makes the one change that a patch asks for: another text, an earlier summary back in front, or the
 * summary off or on for this branch.
 *
 * @throws AppError `not_found`, `invalid_input` for a text without words, or `conflict` when there is
 * no summary to change.
 */
export async function changeSummary(
  actor: Actor,
  conversationId: string,
  patch: SummaryPatch,
): Promise<SummaryAnswer> {
  const { contextPolicy } = await getInstanceSettings();
  const state = await readSummaryState(actor, conversationId, contextPolicy);
  if (patch.isOff !== undefined) await switchOff(actor, state, patch.isOff);
  else if (patch.restoreId !== undefined)
    await restore(actor, conversationId, state, patch.restoreId);
  else await rewrite(actor, conversationId, state, patch);
  publishEvent(actor.userId, { type: "messages-changed", conversationId });
  return readSummary(actor, conversationId);
}

async function switchOff(actor: Actor, { leafId }: SummaryState, isOff: boolean): Promise<void> {
  // What is said of a branch is kept with its leaf.
  if (leafId === null) throw new AppError("conflict");
  await changeBranchContext(actor, leafId, (context) => ({ ...context, isSummaryOff: isOff }));
}

async function rewrite(
  actor: Actor,
  conversationId: string,
  { summary }: SummaryState,
  { text = "", summaryId }: SummaryPatch,
): Promise<void> {
  if (text.trim() === "")
    throw new AppError("invalid_input", { details: { field: "text", reason: "has no text" } });
  if (summary === null) throw new AppError("conflict");
  const base =
    summaryId === undefined || summaryId === summary.id
      ? summary
      : await requireSummary(actor, conversationId, summaryId);
  await putSummary(actor, conversationId, {
    ...base,
    id: newId(),
    text: text.toWellFormed(),
    tokenCounts: countText(text),
    source: "user",
    modelLabel: null,
  });
}

async function restore(
  actor: Actor,
  conversationId: string,
  { leafId, context }: SummaryState,
  restoreId: string,
): Promise<void> {
  const earlier = await requireSummary(actor, conversationId, restoreId);
  const { coversToId } = earlier;
  const isOnBranch =
    coversToId === null ||
    (leafId !== null && (await findOnBranch(actor, leafId, [coversToId])).length > 0);
  if (!isOnBranch || earlier.startId !== context.startId) throw new AppError("not_found");
  await putSummary(actor, conversationId, { ...earlier, id: newId() });
}

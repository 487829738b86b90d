import "server-only";
import type { ContextPlanView, PlanRequest, PlanWarning } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { findFullest, sumPlanCosts } from "@/lib/domain/context/compare-plans";
import { listEntries } from "@/lib/domain/context/list-entries";
import type { ContextPlan } from "@/lib/domain/context/plan";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { settleFoundImages } from "../attachments/settle-images";
import { resolveAlias, type ResolvedAlias } from "../db/aliases";
import type { HistoryMessage } from "../db/branch-history";
import { findLargerAliases } from "../db/larger-aliases";
import { readBranch } from "../db/read-branch";
import { getInstanceSettings } from "../db/settings";
import { previewHolds } from "../models/preview-holds";
import {
  comparePreviews,
  describeRefusal,
  findPlanWarnings,
  joinHolds,
  joinWarnings,
} from "./compare-previews";
import { countBranch } from "./count-branch";
import { describeBranchSummary } from "./describe-summary";
import { findScope } from "./find-scope";
import { gatherContext } from "./gather-context";
import { previewModel } from "./preview-model";

const draftId = "draft";
const mostLargerModels = 3;

/** Warnings that a larger window would help with. */
const ofRoom: readonly PlanWarning[] = ["nearly_full", "draft_shortened", "pins_left_out"];

/**
 * What the next turn of a conversation would send, and why: read and planned in the same way as the
 * turn itself, with the draft as its message, for each of the models that are asked. Nothing is
 * stored, save counts that are missing.
 *
 * A conversation that does not exist, or is somebody else's, has no messages yet.
 *
 * @throws AppError `not_found` when what the draft follows is not there.
 */
export async function previewPlan(
  actor: Actor,
  conversationId: string,
  request: PlanRequest,
): Promise<ContextPlanView> {
  const { parentId, settings: changed = {}, before, limit } = request;
  const [settings, aliases, draft] = await Promise.all([
    getInstanceSettings(),
    findAsked(actor, conversationId, request),
    readDraft(actor, request),
  ]);
  const read = await readBranch(actor, {
    conversationId,
    draftId,
    parentId,
    contextPolicy: changed.contextPolicy,
    scope: findScope(settings, aliases),
    page: { before, limit },
  });
  const [history, counted] = await Promise.all([
    countBranch(actor, read.history, aliases, read.liveIds),
    countBranch(actor, [draft], aliases, [draftId]),
  ]);
  const own = changed.systemPrompt === undefined ? read.systemPrompt : changed.systemPrompt;
  const parameters = changed.parameters === undefined ? read.parameters : changed.parameters;
  const call = {
    context: gatherContext(actor, own ?? read.userSystemPrompt ?? settings.systemPrompt, {
      ...read,
      history: [...history, ...counted],
    }),
    parameters: dropUndefined({ ...parameters, n: undefined }),
  };
  const [first = null, ...others] = aliases;
  const isOne = others.length === 0;
  // Side by side, each model gives one answer.
  const answers = isOne ? (parameters?.n ?? 1) : 1;
  const previewOf = (alias: ResolvedAlias | null) => previewModel(call, { alias, answers, draft });
  const previews = [previewOf(first), ...others.map(previewOf)] as const;
  const fullest = findFullest(previews);
  const { alias, made, window } = fullest;
  const { plan, refusal, model, room } = made;
  const [summary, holds] = await Promise.all([
    describeBranchSummary(actor, read, room.ruler),
    previewHolds(
      actor,
      previews.map((one) => ({ ...call, targets: one.alias?.targets ?? [], n: one.perCall })),
    ),
  ]);
  const known = { dearTokens: settings.dearTokens, isSummaryStale: summary?.isStale ?? false };
  const sideBySide = isOne ? [] : comparePreviews(previews, holds, known);
  const warnings = isOne ? findPlanWarnings(made, known) : joinWarnings(sideBySide, known);
  // Where the policy leaves out what would fit, a larger window changes nothing.
  const needsRoom =
    refusal !== null ||
    warnings.some((warning) => ofRoom.includes(warning)) ||
    plan.entries.some(({ reason }) => reason === "over_window");
  const mayHelp = isOne && needsRoom && window !== null;
  return {
    model: alias === null || model === null ? null : { id: alias.id, label: model.label },
    window,
    surety: room.ruler.surety,
    policy: read.policy,
    policyFrom: read.policyFrom,
    parts: fullest.parts,
    inputTokens: fullest.inputTokens,
    cost: sumPlanCosts(
      previews.map(({ cost }) => cost),
      { currency: settings.totalsCurrency, cnyPerUsdMicros: settings.cnyPerUsdMicros },
    ),
    entries: listEntries(read.page, { plan, input: call.context, ruler: room.ruler }),
    before: read.page[0]?.parentId == null ? null : read.page[0].id,
    sentCount: countSent(plan),
    firstSentId: plan?.firstSentId === draftId ? null : (plan?.firstSentId ?? null),
    startId: read.context.startId,
    summary,
    isSummarySent: (plan?.summary ?? null) !== null,
    isSummaryOff: read.context.isSummaryOff,
    warnings,
    refusal: alias === null ? { code: "no_model", details: {} } : describeRefusal(made),
    budget: joinHolds(holds),
    largerModels: mayHelp ? await findLargerAliases(actor, window, mostLargerModels) : [],
    sideBySide,
  };
}

/** The aliases to compare, or the one asked for; none where one of them is not on offer. */
async function findAsked(
  actor: Actor,
  conversationId: string,
  { model, compare }: PlanRequest,
): Promise<readonly ResolvedAlias[]> {
  const ids = compare ?? [model ?? null];
  const found = await Promise.all(ids.map((id) => resolveAlias(actor, id, conversationId)));
  const aliases = found.filter((alias) => alias !== null);
  return aliases.length < found.length ? [] : aliases;
}

/** The messages that go along with the draft. */
function countSent(plan: ContextPlan | null): number {
  const isSent = ({ id, state }: ContextPlan["entries"][number]) =>
    id !== draftId && (state === "kept" || state === "shortened");
  return plan === null ? 0 : plan.entries.filter(isSent).length;
}

/** The draft as a message. @throws AppError `not_found` for an image that is not the actor's. */
async function readDraft(
  actor: Actor,
  { text = "", images = [] }: PlanRequest,
): Promise<HistoryMessage> {
  const parts = await settleFoundImages(actor, [...images, { type: "text", text }]);
  return { id: draftId, role: "user", parts, tokenCounts: null };
}

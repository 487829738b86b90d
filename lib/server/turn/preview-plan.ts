import "server-only";
import type { ContextPlanView, PlanRequest, PlanWarning } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { findWarnings } from "@/lib/domain/context/find-warnings";
import { listEntries } from "@/lib/domain/context/list-entries";
import {
  planContext,
  type ContextPlan,
  type PlanRefusal,
  type PlanRoom,
} from "@/lib/domain/context/plan";
import { findReplyRoom } from "@/lib/domain/context/reply-room";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import { settleFoundImages } from "../attachments/settle-images";
import { resolveAlias, type ResolvedAlias, type ResolvedModel } from "../db/aliases";
import type { HistoryMessage } from "../db/branch-history";
import { findLargerAliases } from "../db/larger-aliases";
import { readBranch } from "../db/read-branch";
import { getInstanceSettings } from "../db/settings";
import type { CallContext } from "../models/call-context";
import { findRoom, planCall } from "../models/fit-call";
import { previewHold } from "../models/preview-hold";
import { countBranch } from "./count-branch";
import { describeBranchSummary } from "./describe-summary";
import { findScope } from "./find-scope";
import { gatherContext } from "./gather-context";
import { pricePlan } from "./price-plan";
import { canAnswerTogether } from "./run-together";

const draftId = "draft";
const mostLargerModels = 3;

/** Warnings that a larger window would help with. */
const ofRoom: readonly PlanWarning[] = ["nearly_full", "draft_shortened", "pins_left_out"];

/**
 * What the next turn of a conversation would send, and why: read and planned in the same way as the
 * turn itself, with the draft as its message. Nothing is stored, save counts that are missing.
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
  const { model: aliasId = null, parentId, settings: changed = {}, before, limit } = request;
  const [settings, alias, draft] = await Promise.all([
    getInstanceSettings(),
    resolveAlias(actor, aliasId, conversationId),
    readDraft(actor, request),
  ]);
  const read = await readBranch(actor, {
    conversationId,
    draftId,
    parentId,
    contextPolicy: changed.contextPolicy,
    scope: findScope(settings, alias === null ? [] : [alias]),
    page: { before, limit },
  });
  const [history, counted] = await Promise.all([
    countBranch(actor, read.history, alias === null ? [] : [alias], read.liveIds),
    countBranch(actor, [draft], alias === null ? [] : [alias], [draftId]),
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
  const answers = parameters?.n ?? 1;
  const isOneCall = isAskedTogether(alias, answers);
  const made = planFirst(call, alias);
  const { plan, refusal, model, room } = made;
  const [summary, budget] = await Promise.all([
    describeBranchSummary(actor, read, room.ruler),
    previewHold(actor, { ...call, targets: alias?.targets ?? [], n: isOneCall ? answers : 1 }),
  ]);
  const { dearTokens } = settings;
  const isSummaryStale = summary?.isStale ?? false;
  const shown = hideEmptyDraft(plan ?? planAlone(call.context, room, refusal), draft);
  const warnings = plan === null ? [] : findWarnings(plan, { dearTokens, isSummaryStale });
  // Where the policy leaves out what would fit, a larger window changes nothing.
  const needsRoom =
    refusal !== null ||
    warnings.some((warning) => ofRoom.includes(warning)) ||
    plan.entries.some(({ reason }) => reason === "over_window");
  const { window } = room;
  return {
    model: alias === null || model === null ? null : { id: alias.id, label: model.label },
    window,
    surety: room.ruler.surety,
    policy: read.policy,
    policyFrom: read.policyFrom,
    parts: shown.parts,
    inputTokens: shown.inputTokens,
    cost: pricePlan({
      ...{ model, plan, room, answers, isOneCall },
      parameters: call.parameters,
      inputTokens: shown.inputTokens,
    }),
    entries: listEntries(read.page, { plan, input: call.context, ruler: room.ruler }),
    before: read.page[0]?.parentId == null ? null : read.page[0].id,
    sentCount: countSent(plan),
    firstSentId: plan?.firstSentId === draftId ? null : (plan?.firstSentId ?? null),
    startId: read.context.startId,
    summary,
    isSummarySent: (plan?.summary ?? null) !== null,
    isSummaryOff: read.context.isSummaryOff,
    warnings,
    refusal:
      alias === null
        ? { code: "no_model", details: {} }
        : refusal && { code: "context_too_long", details: { ...refusal } },
    budget,
    largerModels:
      needsRoom && window !== null ? await findLargerAliases(actor, window, mostLargerModels) : [],
  };
}

/** Whether one call asks for all answers: else each is a call of its own. */
function isAskedTogether(alias: ResolvedAlias | null, answers: number): boolean {
  return alias !== null && canAnswerTogether(Array.from({ length: answers }, () => alias));
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

type Call = Parameters<typeof planCall>[0];

type Planned = { model: ResolvedModel | null; room: PlanRoom } & (
  { plan: ContextPlan; refusal: null } | { plan: null; refusal: PlanRefusal }
);

/** The plan for the first model that takes it, as the gate would ask it; else why there is none. */
function planFirst(call: Call, alias: ResolvedAlias | null): Planned {
  let refused: Planned | null = null;
  for (const model of alias?.targets ?? []) {
    const made = planCall(call, model);
    const room = findRoom(call, model);
    if (isPlan(made)) return { plan: made, refusal: null, model, room };
    refused ??= { plan: null, refusal: made, model, room };
  }
  if (refused !== null) return refused;
  const room = nobodysRoom();
  const made = planContext(call.context, room);
  return isPlan(made)
    ? { plan: made, refusal: null, model: null, room }
    : { plan: null, refusal: made, model: null, room };
}

const isPlan = (made: ContextPlan | PlanRefusal): made is ContextPlan => "sent" in made;

/** Where no model is on offer. */
const nobodysRoom = () => ({
  window: null,
  reply: findReplyRoom(null, null, null),
  ruler: makeRuler(""),
  sendsReasoning: false,
});

type Shown = Pick<ContextPlan, "parts" | "inputTokens">;

/** What would have to go along at least, where even that does not fit. */
function planAlone(
  context: CallContext,
  room: ReturnType<typeof findRoom>,
  refusal: PlanRefusal | null,
): Shown {
  const alone = { ...context, branch: context.branch.slice(-context.newestCount), summary: null };
  const made = planContext(alone, { ...room, window: null });
  if (!isPlan(made)) throw new Error("a window without end is too small");
  const inputTokens = Math.max(made.inputTokens, refusal?.tokens ?? 0);
  const { window, reply } = room;
  const free = window === null ? null : window - inputTokens - reply;
  return { parts: { ...made.parts, reply, free }, inputTokens };
}

/** While nothing is written, what a message costs beside its words is not shown. */
function hideEmptyDraft({ parts, inputTokens }: Shown, { parts: written }: HistoryMessage): Shown {
  const isEmpty = written.every((part) => part.type === "text" && part.text === "");
  if (!isEmpty) return { parts, inputTokens };
  return {
    parts: { ...parts, draft: 0, free: parts.free === null ? null : parts.free + parts.draft },
    inputTokens: inputTokens - parts.draft,
  };
}

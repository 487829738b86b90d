import "server-only";
import {
  planContext,
  type ContextPlan,
  type PlanRefusal,
  type PlanRoom,
} from "@/lib/domain/context/plan";
import { findReplyRoom } from "@/lib/domain/context/reply-room";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import type { ResolvedModel } from "../db/aliases";
import type { CallContext } from "../models/call-context";
import { findRoom, planCall, type CallToFit } from "../models/fit-call";

/** What is planned for a model, or why nothing fits it. */
export type PlannedFor = { model: ResolvedModel | null; room: PlanRoom } & (
  { plan: ContextPlan; refusal: null } | { plan: null; refusal: PlanRefusal }
);

/**
 * The plan for the first of these models that takes it, as the gate would ask them; else why the
 * first does not.
 */
export function planFirst(call: CallToFit, targets: readonly ResolvedModel[]): PlannedFor {
  let refused: PlannedFor | null = null;
  for (const model of targets) {
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

/** Of a plan, what it fills a window with. */
export type PlanFigures = Pick<ContextPlan, "parts" | "inputTokens">;

/** What would have to go along at least, where even that does not fit. */
export function planAlone(
  context: CallContext,
  room: ReturnType<typeof findRoom>,
  refusal: PlanRefusal | null,
): PlanFigures {
  const alone = { ...context, branch: context.branch.slice(-context.newestCount), summary: null };
  const made = planContext(alone, { ...room, window: null });
  if (!isPlan(made)) throw new Error("a window without end is too small");
  const inputTokens = Math.max(made.inputTokens, refusal?.tokens ?? 0);
  const { window, reply } = room;
  const free = window === null ? null : window - inputTokens - reply;
  return { parts: { ...made.parts, reply, free }, inputTokens };
}

import { makeExtras } from "./extras";
import { findLimits, fitMessages } from "./fit-messages";
import { writeMessage } from "./outgoing";
import type { PlanInput } from "./plan-input";
import type { ContextPlan, PlanRefusal, PlanRoom } from "./plan-result";
import { selectMessages } from "./select-messages";
import { makeStandIn } from "./stand-in";
import { measureFrame, measurePrompt, shortenSummary } from "./system-text";
import { writePlan } from "./write-plan";

export type { ContextPlan, PlannedEntry, PlanRefusal, PlanRoom, SentMessage } from "./plan-result";

/**
 * Decides what one call sends: by the marks, the start and the policy of the conversation, and then,
 * by construction, at most the model's window less the room for the answer.
 *
 * What is too much is cut in this order (docs/decisions/022-order-of-cutting.md):
 * 1. results of old tools are shortened, the oldest first;
 * 2. the oldest rounds go that are not pinned;
 * 3. the summary is shortened;
 * 4. head and tail stay of giant messages: of pinned ones, then of what belongs to the newest (of an
 *    answer that goes on only its end), then of the newest;
 * 5. pinned messages go, the oldest first, then the summary.
 *
 * The system prompt is never touched, and the newest message always goes along. More room never
 * sends less of any message.
 *
 * @returns the plan; or why there is none: the system prompt and a little of the newest message are
 * too much already.
 */
export function planContext(input: PlanInput, room: PlanRoom): ContextPlan | PlanRefusal {
  const { ruler } = room;
  const selection = selectMessages(input, ruler);
  const { newest } = selection;
  const extrasOf = makeExtras(room);
  const standIn = makeStandIn(newest.at(-1)?.message.text ?? "", ruler);
  const prompt = measurePrompt(input, ruler);
  const frame = selection.summary === null ? null : measureFrame(input, selection.summary, ruler);
  const fit = fitMessages(
    selection,
    { system: prompt.tokens, summary: frame?.tokens ?? 0 },
    input,
    room,
    extrasOf,
    standIn,
  );
  if (!("sent" in fit)) return { tokens: fit.tokens, limit: findLimits(input, room).hard };
  // The model goes on from the end of an answer: that stays as it is.
  const goesOn = newest.findLast(({ role }) => role === "assistant");
  return writePlan(input, room, {
    selection,
    outgoing: fit.sent.map(({ item, cuts }) =>
      writeMessage(item, extrasOf(item), cuts, ruler, item === goesOn ? "tail" : "head_and_tail"),
    ),
    prompt,
    summary:
      selection.summary === null || frame === null || fit.summaryCap === null
        ? null
        : shortenSummary(selection.summary, frame, fit.summaryCap, ruler),
    standIn,
    isOverTokens: fit.isOverTokens,
  });
}

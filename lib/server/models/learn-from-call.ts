import "server-only";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import type { ResolvedModel } from "../db/aliases";
import { currentCalibration } from "./calibrations";
import type { FittedCall } from "./fit-call";
import { learnFromReport, learnWindow } from "./learn-calibration";
import type { ModelCall } from "./model-call";
import type { ModelCallError } from "./model-call-error";

/** Learns what a refusal says of a model's window, and of how it counts. */
export function learnFromRefusal(model: ResolvedModel, { sent, failure }: Refused): void {
  const { limit, promptTokens } = failure.classified.figures ?? {};
  if (limit !== undefined) learnWindow(model, limit);
  if (promptTokens !== undefined) learnFromReport(model, sent, promptTokens);
}

/** What was found too long before, and what was said of it. */
export type Refused = { sent: FittedCall; failure: ModelCallError };

/**
 * Learns from an answer: what the provider reports of the prompt, and from a refusal before it that
 * named nothing, about how large the window can be at most.
 */
export function learnFromAnswer(
  model: ResolvedModel,
  { sent, refused }: { sent: FittedCall; refused: Refused | null },
  { usage, outcome }: CallAttempt,
  { n = 1 }: Pick<ModelCall, "n">,
): void {
  if (outcome !== "answered") return;
  // Some report the prompt once for each of several answers.
  if (usage?.source === "reported" && n === 1) learnFromReport(model, sent, usage.inputTokens);
  if (refused !== null) learnFromSilence(model, refused);
}

/** A prompt that was refused, though by all that is known now it fits, is longer than the window. */
function learnFromSilence(model: ResolvedModel, { sent, failure }: Refused): void {
  if (failure.classified.figures?.limit !== undefined) return;
  const { counts, parts, window } = sent.plan;
  if (parts.files > 0) return;
  const ruler = makeRuler(model.name, currentCalibration(model));
  const around = ruler.perCall + ruler.perMessage * sent.prompt.length + parts.tools;
  const tokens = ruler.measure(counts) + around;
  if (window === null || tokens + parts.reply <= window) learnWindow(model, tokens);
}

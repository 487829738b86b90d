import "server-only";
import type { ContextPlan } from "@/lib/domain/context/plan";
import { findEncoding } from "@/lib/domain/tokens/find-encoding";
import { ownCounts } from "@/lib/domain/tokens/own-counts";
import { addLesson, type LearningModel } from "./calibrations";

/** A prompt as it was sent. */
export type SentForReport = {
  plan: Pick<ContextPlan, "counts" | "parts">;
  prompt: readonly unknown[];
};

/**
 * Learns from what a provider reports of a prompt, so that the next plan for the model is closer.
 * Nothing is learned from prompts with images, whose tokens nobody knows apart.
 *
 * @param tokens of the whole prompt, as reported, or as a refusal names them.
 */
export function learnFromReport(model: LearningModel, sent: SentForReport, tokens: number): void {
  const { counts, parts } = sent.plan;
  if (parts.files > 0) return;
  const own = ownCounts(counts, findEncoding(model.name));
  if (own === null) return;
  const report = { counts: own, messages: sent.prompt.length, tokens: tokens - parts.tools };
  addLesson(model, { report });
}

/**
 * Learns the window that a provider named when it refused a prompt; holds for a week, unless an
 * admin sets another before.
 */
export function learnWindow(model: LearningModel, window: number): void {
  if (!Number.isSafeInteger(window) || window < leastWindow) return;
  addLesson(model, { window, at: new Date().toISOString(), for: model.contextWindow });
}

/** What is less is no window. */
const leastWindow = 256;

import "server-only";
import { correctRoom } from "@/lib/domain/failover/correct-room";
import type { ResolvedModel } from "../db/aliases";
import { fitCall, type CallToFit, type FittedCall } from "./fit-call";
import type { Refused } from "./learn-from-call";

/**
 * Plans anew what a model found too long: by the figures of its refusal, else a quarter shorter.
 *
 * @returns null where that would not be less.
 */
export function cutAgain(
  call: CallToFit,
  model: ResolvedModel,
  { sent, failure }: Refused,
): FittedCall | null {
  const { inputTokens, plan } = sent;
  const { files, reply } = plan.parts;
  const size = { inputTokens, files, reply, window: plan.window };
  for (const correction of correctRoom(size, failure.classified.figures ?? {})) {
    const shorter = fitCall(call, model, correction);
    if ("plan" in shorter && isLess(shorter, sent, call)) return shorter;
  }
  return null;
}

/** Whether a prompt, or the answer that is asked for with it, is shorter than another. */
function isLess(one: FittedCall, other: FittedCall, { parameters }: CallToFit): boolean {
  const sizeOf = ({ prompt }: FittedCall) =>
    prompt.reduce((sum, { text, images = [] }) => sum + text.length + images.length, 0);
  if (sizeOf(one) < sizeOf(other)) return true;
  const { maxOutputTokens: wanted } = parameters;
  if (wanted === undefined) return false;
  const limitOf = ({ outputRoom }: FittedCall) => Math.min(wanted, outputRoom ?? wanted);
  return limitOf(one) < limitOf(other);
}

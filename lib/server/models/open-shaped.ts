import "server-only";
import { APICallError } from "@ai-sdk/provider";
import type { CapabilityCard } from "@/lib/contracts/cards";
import { correctCard } from "@/lib/domain/dialects/correct-card";
import { readRefusal, type Refusal, type RefusedField } from "@/lib/domain/dialects/read-refusal";
import { tooLongWords } from "@/lib/domain/errors/provider-words";
import { logger } from "../logger";
import type { AttemptRecord } from "./attempt-record";
import { findLearnedCard, learnCard } from "./learned-cards";
import { openProviderStream, type ProviderStream } from "./open-provider-stream";
import { prepareRequest, type ProviderRequest } from "./provider-request";
import type { TargetCall } from "./target-call";

// A server names one field at a time. One that goes on is asked further by the next call.
const mostCorrections = 4;

/** An answer under way, or several. */
type ShapedStream = ProviderStream & { candidates: number };

/**
 * Opens the stream of a call, in its provider's dialect. A request that is refused because of a field
 * that it can do without, or that has another name there, goes out again at once without that field:
 * nothing was used by the one that was refused, and what was learned holds for later calls too.
 *
 * @throws what openProviderStream throws, of the last request.
 */
export async function openShaped(
  call: TargetCall,
  record: AttemptRecord,
  signal: AbortSignal,
): Promise<ShapedStream> {
  const { model, timeouts } = call;
  const write = await prepareRequest(call);
  const refused: RefusedField[] = [];
  let card = findLearnedCard(model);
  let lasting = card;
  for (;;) {
    const request = write(card);
    record.setLeftOut(request.leftOut);
    try {
      const stream = await openProviderStream(request, timeouts.connectMs, signal);
      return { ...stream, candidates: request.candidates };
    } catch (error) {
      const found = refused.length < mostCorrections ? findRefusal(error, request) : null;
      if (found === null) throw error;
      const { refusal, words } = found;
      const { field } = refusal;
      logger().info({ modelId: model.id, field }, "a request goes out again without a field");
      const correct = (before: CapabilityCard) =>
        correctCard(before, refusal, { sent: request.body, words, already: refused });
      card = correct(card);
      // What one person has set too high is no fact about the model.
      if (!refusal.isOfValue) learnCard(model, (lasting = correct(lasting)));
      refused.push(field);
    }
  }
}

function findRefusal(
  error: unknown,
  { body }: ProviderRequest,
): { refusal: Refusal; words: string } | null {
  if (!APICallError.isInstance(error)) return null;
  const { statusCode, responseBody = "" } = error;
  if (statusCode !== 400 && statusCode !== 422) return null;
  // A limit of the answer that is too high only beside this prompt is the plan's to mend.
  if (tooLongWords.test(responseBody)) return null;
  const refusal = readRefusal(responseBody, body);
  return refusal === null ? null : { refusal, words: responseBody };
}

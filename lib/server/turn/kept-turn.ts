import "server-only";
import { z } from "zod";
import { storedPlanSchema, tokenCountsSchema } from "@/lib/contracts/context";
import { errorCodeSchema, errorDetailsSchema } from "@/lib/contracts/errors";
import { answerPartSchema, failoverSchema, messageStatusSchema } from "@/lib/contracts/messages";
import { leftOutSchema } from "@/lib/contracts/parameters";
import { payers, priceVersionSchema } from "@/lib/contracts/usage";
import type { TurnToClose } from "../db/close-turn";

const usageSchema = z.object({
  inputTokens: z.number().int(),
  cachedTokens: z.number().int().optional(),
  outputTokens: z.number().int(),
  reasoningTokens: z.number().int().optional(),
  source: z.enum(["reported", "estimated"]),
});

/** What a file holds. */
const turnSchema = z.object({
  userId: z.string(),
  conversationId: z.string(),
  answerId: z.string(),
  generationId: z.string(),
  parts: z.array(answerPartSchema),
  outcome: z.object({
    status: messageStatusSchema.exclude(["streaming"]),
    errorCode: errorCodeSchema.nullable(),
    errorDetails: errorDetailsSchema.nullable(),
  }),
  tokenCounts: tokenCountsSchema,
  plan: storedPlanSchema.nullable().default(null),
  finishReason: z.string().nullable(),
  attempts: z.array(
    z.object({
      callId: z.string(),
      callNumber: z.number().int(),
      number: z.number().int(),
      providerId: z.string(),
      providerName: z.string().default(""),
      modelId: z.string(),
      modelName: z.string(),
      keyId: z.string().nullable(),
      payer: z.enum(payers).default("team"),
      price: priceVersionSchema.nullable().default(null),
      outcome: z.enum(["answered", "failed", "aborted"]),
      httpStatus: z.number().int().nullable(),
      errorCode: errorCodeSchema.nullable(),
      usage: usageSchema.nullable(),
      leftOut: z.array(leftOutSchema),
      startedAt: z.coerce.date(),
      headersAt: z.coerce.date().nullable(),
      firstTokenAt: z.coerce.date().nullable(),
      finishedAt: z.coerce.date(),
    }),
  ),
  firstTokenAt: z.coerce.date().nullable().default(null),
  finishedAt: z.coerce.date(),
  answeredBy: z
    .object({
      modelId: z.string(),
      modelLabel: z.string(),
      modelName: z.string(),
      providerId: z.string(),
    })
    .nullable(),
  failover: failoverSchema.nullable(),
  kind: z.enum(["answer", "continuation"]).default("answer"),
  holdIds: z.array(z.string()).default([]),
  receiptId: z.string(),
}) satisfies z.ZodType<TurnToClose>;

/** What a release before the ledger left out: which call a request was of, and on whose receipt. */
const olderSchema = z.looseObject({
  answerId: z.string(),
  generationId: z.string(),
  attempts: z.array(z.looseObject({ number: z.number() })),
});

/**
 * Reads a turn that waited in a file, be it one of an earlier release.
 *
 * @throws ZodError for what is none.
 */
export function readKeptTurn(value: unknown): TurnToClose {
  const { attempts, ...turn } = olderSchema.parse(value);
  return turnSchema.parse({
    receiptId: turn.answerId,
    ...turn,
    attempts: attempts.map((attempt) => ({
      callId: turn.generationId,
      callNumber: attempt.number,
      ...attempt,
    })),
  });
}

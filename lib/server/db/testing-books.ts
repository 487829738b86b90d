import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { CallKind, Currency } from "@/lib/contracts/usage";
import { newId } from "../ids";
import { db } from "./client";
import { settleCalls, type Settlement } from "./settle-calls";

/** A request of which a test says what matters to it. */
export type TestRequest = {
  userId: string;
  at: Date;
  callId?: string;
  number?: number;
  groupIds?: string[];
  keyId?: string | null;
  modelId?: string;
  providerId?: string;
  kind?: CallKind;
  conversationId?: string | null;
  /** Null: its price is unknown. */
  currency?: Currency | null;
  /** It was refused, and used nothing. */
  errorCode?: ErrorCode | null;
  inputTokens?: number;
  cachedTokens?: number;
  outputTokens?: number;
  reasoningTokens?: number;
  isEstimated?: boolean;
  isProvisional?: boolean;
  firstTokenMs?: number | null;
  durationMs?: number;
};

/** Books a request as the gate does. @returns the id of its call. */
export async function bookRequest(given: TestRequest): Promise<string> {
  const settlement = await holdRequest(given);
  await settleCalls({ system: "test" }, settlement);
  return settlement.callId;
}

/** Makes the hold of a request. @returns what is to be settled of it. */
export async function holdRequest(given: TestRequest): Promise<Settlement & { callId: string }> {
  const { userId, at, callId = newId(), number = 1, currency = "CNY", errorCode = null } = given;
  const { kind = "answer", conversationId = null, firstTokenMs = 300, durationMs = 1_300 } = given;
  const modelId = given.modelId ?? "model-one";
  const providerId = given.providerId ?? "provider-one";
  const hold = {
    ...{ userId, kind, conversationId, keyId: given.keyId ?? null },
    ...{ groupIds: given.groupIds ?? [], lines: [], estimate: {}, first: {}, createdAt: at },
  };
  await db().hold.upsert({ where: { id: callId }, create: { id: callId, ...hold }, update: {} });
  const usage = {
    inputTokens: given.inputTokens ?? 1_000,
    cachedTokens: given.cachedTokens ?? 0,
    outputTokens: given.outputTokens ?? 100,
    reasoningTokens: given.reasoningTokens ?? 0,
    source: given.isEstimated ? ("estimated" as const) : ("reported" as const),
  };
  const price = currency && {
    ...{ id: "price", currency, inputMicros: 2_000_000, cachedInputMicros: 500_000 },
    ...{ outputMicros: 8_000_000, reasoningMicros: null, validFrom: "2026-01-01T00:00:00Z" },
  };
  const attempt = {
    ...{ callId, callNumber: number, number, providerId, providerName: `Name of ${providerId}` },
    ...{ modelId, modelName: `Name of ${modelId}`, keyId: null, payer: "team" as const, price },
    outcome: errorCode === null ? ("answered" as const) : ("failed" as const),
    ...{ httpStatus: null, errorCode, leftOut: [], usage: errorCode === null ? usage : null },
    ...{ startedAt: at, headersAt: null, finishedAt: new Date(at.getTime() + durationMs) },
    firstTokenAt:
      errorCode === null && firstTokenMs !== null ? new Date(at.getTime() + firstTokenMs) : null,
  };
  const of = { userId, kind, conversationId, answerId: null };
  const isProvisional = given.isProvisional ?? false;
  return { callId, holdIds: [callId], booked: [{ attempt, ...of, isProvisional }] };
}

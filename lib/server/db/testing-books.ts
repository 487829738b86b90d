import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { CallKind, Currency, Payer } from "@/lib/contracts/usage";
import { newId } from "../ids";
import { db } from "./client";
import { settleCalls, type Settlement } from "./settle-calls";
import { makeAttempt, testPrice } from "./testing-holds";

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
  payer?: Payer;
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

/** Books the requests of one call, all at once, as a turn that ends does. */
export async function bookRequests(given: readonly TestRequest[]): Promise<void> {
  const settlements: Settlement[] = [];
  for (const request of given) settlements.push(await holdRequest(request));
  await settleCalls(
    { system: "test" },
    {
      holdIds: settlements.flatMap(({ holdIds }) => holdIds),
      booked: settlements.flatMap(({ booked }) => booked),
    },
  );
}

/** Makes the hold of a request. @returns what is to be settled of it. */
export async function holdRequest(given: TestRequest): Promise<Settlement & { callId: string }> {
  const { userId, at, callId = newId(), number = 1, currency = "CNY", errorCode = null } = given;
  const { kind = "answer", conversationId = null, firstTokenMs = 300, durationMs = 1_300 } = given;
  const { payer = "team" } = given;
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
  const price = currency && { ...testPrice, currency, cachedInputMicros: 500_000 };
  const hasFailed = errorCode !== null;
  const attempt = makeAttempt(callId, {
    ...{ callNumber: number, number, providerId, providerName: `Name of ${providerId}` },
    ...{ modelId, modelName: `Name of ${modelId}`, price, payer },
    ...{ errorCode, httpStatus: null },
    ...{ outcome: hasFailed ? "failed" : "answered", usage: hasFailed ? null : usage },
    ...{ startedAt: at, finishedAt: new Date(at.getTime() + durationMs) },
    firstTokenAt: hasFailed || firstTokenMs === null ? null : new Date(at.getTime() + firstTokenMs),
  });
  const of = { userId, kind, conversationId, answerId: null };
  const isProvisional = given.isProvisional ?? false;
  return { callId, holdIds: [callId], booked: [{ attempt, ...of, isProvisional }] };
}

import "server-only";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import type { AnswerOutcome } from "@/lib/domain/answer/outcome";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { newId } from "../ids";
import { db } from "./client";

/** Saves what has come so far of a live answer, and that its generation is alive. */
export async function saveCheckpoint(
  actor: Actor,
  answer: { id: string; generationId: string; parts: MessagePart[] },
): Promise<void> {
  await db().$executeRaw`
    WITH beat AS (
      UPDATE generations SET heartbeat_at = now()
      WHERE id = ${answer.generationId} AND user_id = ${actor.userId} AND status = 'streaming'
      RETURNING message_id
    )
    UPDATE messages m SET parts = ${JSON.stringify(answer.parts)}::jsonb, updated_at = now()
    FROM beat WHERE m.id = beat.message_id AND m.status = 'streaming'`;
}

export type TurnToClose = {
  conversationId: string;
  answerId: string;
  generationId: string;
  parts: MessagePart[];
  outcome: AnswerOutcome;
  tokenCount: number;
  finishReason: string | null;
  /** Every request that was made for it, in order. */
  attempts: readonly CallAttempt[];
};

/**
 * Closes a turn in one statement: final parts and status, usage, and the conversation is free for
 * the next turn. Doing it twice changes nothing.
 *
 * It overrules closeAbandonedGenerations: after a long outage that may come first, but whoever
 * closes the turn holds the whole answer.
 */
export async function closeTurn(actor: Actor, turn: TurnToClose): Promise<void> {
  const { outcome } = turn;
  const usage = sumUsage(turn.attempts);
  const attempts = turn.attempts.map((attempt) => ({ id: newId(), ...attempt }));
  const details: ErrorDetails | null = outcome.errorDetails;
  const errorCode: ErrorCode | null = outcome.errorCode;
  await db().$executeRaw`
    WITH closed AS (
      UPDATE generations SET
        status = ${outcome.status}::message_status, finish_reason = ${turn.finishReason},
        error_code = ${errorCode}, input_tokens = ${usage?.inputTokens ?? null}::int,
        output_tokens = ${usage?.outputTokens ?? null}::int,
        usage_source = ${usage?.source ?? null}, first_token_at = ${turn.attempts.at(-1)?.firstTokenAt ?? null}::timestamptz,
        heartbeat_at = now(), finished_at = now()
      WHERE id = ${turn.generationId} AND user_id = ${actor.userId}
        AND (status = 'streaming' OR (status = 'interrupted' AND error_code = 'server_restarted'))
      RETURNING id, message_id, conversation_id
    ), booked AS (
      INSERT INTO attempts
        (id, generation_id, number, provider_id, model_name, outcome, http_status, error_code,
         input_tokens, output_tokens, usage_source, started_at, first_token_at, finished_at)
      SELECT a.id, closed.id, a.number, a."providerId", a."modelName", a.outcome, a."httpStatus",
             a."errorCode", (a.usage->>'inputTokens')::int, (a.usage->>'outputTokens')::int,
             a.usage->>'source', a."startedAt", a."firstTokenAt", a."finishedAt"
      FROM closed, jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) AS a(
        id text, number int, "providerId" text, "modelName" text, outcome text,
        "httpStatus" int, "errorCode" text, usage jsonb, "startedAt" timestamptz,
        "firstTokenAt" timestamptz, "finishedAt" timestamptz)
      ON CONFLICT (generation_id, number) DO UPDATE SET
        outcome = EXCLUDED.outcome, http_status = EXCLUDED.http_status,
        error_code = EXCLUDED.error_code, input_tokens = EXCLUDED.input_tokens,
        output_tokens = EXCLUDED.output_tokens, usage_source = EXCLUDED.usage_source,
        first_token_at = EXCLUDED.first_token_at, finished_at = EXCLUDED.finished_at
    ), freed AS (
      UPDATE conversations c SET live_message_id = NULL, updated_at = now()
      FROM closed WHERE c.id = closed.conversation_id AND c.live_message_id = closed.message_id
    )
    UPDATE messages m SET
      parts = ${JSON.stringify(turn.parts)}::jsonb, status = ${outcome.status}::message_status,
      error_code = ${errorCode},
      error_details = ${details === null ? null : JSON.stringify(details)}::jsonb,
      token_count = ${turn.tokenCount}::int, updated_at = now()
    FROM closed WHERE m.id = closed.message_id`;
}

/** What all attempts used together; null when none used anything. */
function sumUsage(attempts: readonly CallAttempt[]) {
  const used = attempts.flatMap(({ usage }) => usage ?? []);
  if (used.length === 0) return null;
  return {
    inputTokens: used.reduce((sum, usage) => sum + usage.inputTokens, 0),
    outputTokens: used.reduce((sum, usage) => sum + usage.outputTokens, 0),
    source: used.every(({ source }) => source === "reported") ? "reported" : "estimated",
  };
}

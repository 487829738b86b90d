import "server-only";
import type { TokenCounts } from "@/lib/contracts/context";
import type { Parameters } from "@/lib/contracts/parameters";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { Prisma } from "@/generated/prisma/client";
import { insertAttempts } from "./book-attempts";
import { db } from "./client";
import { sumUsage } from "./close-turn";
import { retryConflict } from "./retry-conflict";
import { settleStatements, type Settlement } from "./settle-calls";

/** The right to make a summary of a conversation, until then. */
export type SummaryLease = { conversationId: string; until: Date };

/** What is stored of a summary. */
export type NewSummary = {
  id: string;
  coversToId: string | null;
  startId: string | null;
  text: string;
  tokenCounts: TokenCounts;
  coveredCount: number;
  excludedIds: readonly string[];
  source: "model" | "user";
  modelLabel: string | null;
  carriedFromId: string | null;
};

/** One call for a summary, for the books. */
export type SummaryCall = {
  /** The summary that it was for, made or not. */
  summaryId: string;
  generationId: string;
  aliasId: string;
  /** The model that wrote it, or was asked last; null when none was. */
  model: { id: string; name: string; providerId: string } | null;
  parameters: Parameters;
  status: "complete" | "failed" | "stopped";
  /** Of a failed one also why its text was not taken. */
  finishReason: string | null;
  errorCode: string | null;
  attempts: readonly CallAttempt[];
  /** The holds that it was made under. */
  holdIds: readonly string[];
  /** The answer whose turn made it needed; null where a person asked for it. */
  answerId: string | null;
  startedAt: Date;
  finishedAt: Date;
};

const leaseEnd = (leaseMs: number) =>
  Prisma.sql`now() + make_interval(secs => ${leaseMs / 1000}::float8)`;

/**
 * Claims a conversation for a summary: of all instances and turns one gets it.
 *
 * @returns null when somebody else has it, or when the conversation is not the actor's.
 */
export async function claimSummary(
  actor: Actor,
  conversationId: string,
  leaseMs: number,
): Promise<SummaryLease | null> {
  const [row] = await retryConflict(
    () => db().$queryRaw<{ until: Date }[]>`
      UPDATE conversations SET summary_lease = ${leaseEnd(leaseMs)}
      WHERE id = ${conversationId} AND user_id = ${actor.userId} AND deleted_at IS NULL
        AND (summary_lease IS NULL OR summary_lease <= now())
      RETURNING summary_lease AS until`,
  );
  return row === undefined ? null : { conversationId, until: new Date(row.until) };
}

/** Gives a claim back. */
export async function releaseSummary(actor: Actor, lease: SummaryLease): Promise<void> {
  await db().$executeRaw`
    UPDATE conversations SET summary_lease = NULL
    WHERE id = ${lease.conversationId} AND user_id = ${actor.userId}
      AND summary_lease = ${lease.until}`;
}

/**
 * Books a call for a summary and stores what came of it, in one transaction. The books are kept in
 * any case; the summary only while the claim holds, so that one that comes late changes nothing.
 *
 * @param summary null where there is none (yet).
 * @param leaseMs how long the claim goes on; 0 gives it back.
 * @returns the claim, renewed; null when it was lost.
 */
export async function storeSummary(
  actor: Actor,
  lease: SummaryLease,
  call: SummaryCall,
  summary: NewSummary | null,
  leaseMs: number,
): Promise<SummaryLease | null> {
  const usage = sumUsage(call.attempts);
  const store = Prisma.sql`
      WITH leased AS (
        UPDATE conversations SET summary_lease = ${leaseEnd(leaseMs)}
        WHERE id = ${lease.conversationId} AND user_id = ${actor.userId} AND deleted_at IS NULL
          AND summary_lease = ${lease.until}
        RETURNING id, summary_lease
      ), booked AS (
        INSERT INTO generations
          (id, kind, conversation_id, message_id, user_id, provider_id, model_id, model_name,
           alias_id, parameters, status, finish_reason, error_code, input_tokens, output_tokens,
           usage_source, started_at, first_token_at, finished_at)
        VALUES (${call.generationId}, 'summary', ${lease.conversationId}, ${call.summaryId},
          ${actor.userId}, ${call.model?.providerId ?? null}, ${call.model?.id ?? null},
          ${call.model?.name ?? null}, ${call.aliasId}, ${JSON.stringify(call.parameters)}::jsonb,
          ${call.status}::message_status, ${call.finishReason}, ${call.errorCode},
          ${usage?.inputTokens ?? null}::int, ${usage?.outputTokens ?? null}::int,
          ${usage?.source ?? null}, ${call.startedAt},
          ${call.attempts.at(-1)?.firstTokenAt ?? null}::timestamptz, ${call.finishedAt})
        RETURNING id
      ), tried AS (
        ${insertAttempts([call], Prisma.sql`booked`)}
      ), stored AS (
        INSERT INTO summaries
          (id, conversation_id, covers_to_id, start_id, text, token_counts, covered_count,
           excluded_ids, source, model_label, generation_id, carried_from_id)
        SELECT s.id, leased.id, s."coversToId", s."startId", s.text, s."tokenCounts",
               s."coveredCount", ARRAY(SELECT jsonb_array_elements_text(s."excludedIds")), s.source,
               s."modelLabel", ${call.generationId}, s."carriedFromId"
        FROM leased, jsonb_to_recordset(${JSON.stringify(summary === null ? [] : [summary])}::jsonb)
          AS s(id text, "coversToId" text, "startId" text, text text, "tokenCounts" jsonb,
            "coveredCount" int, "excludedIds" jsonb, source text, "modelLabel" text,
            "carriedFromId" text)
      )
      SELECT summary_lease AS until FROM leased`;
  const [lock, settle] = settleStatements(toSettlement(actor, lease.conversationId, call));
  const [[row]] = await retryConflict(() =>
    db().$transaction([
      db().$queryRaw<{ until: Date }[]>(store),
      db().$queryRaw(lock),
      db().$executeRaw(settle),
    ]),
  );
  const { conversationId } = lease;
  return row === undefined ? null : { conversationId, until: new Date(row.until) };
}

/** What a call for a summary used, for the books alone. */
export function toSettlement(
  { userId }: Actor,
  conversationId: string,
  { attempts, holdIds, answerId }: Pick<SummaryCall, "attempts" | "holdIds" | "answerId">,
): Settlement {
  return {
    holdIds,
    booked: attempts.map((attempt) => ({
      ...{ attempt, userId, answerId, conversationId, kind: "summary" },
    })),
  };
}

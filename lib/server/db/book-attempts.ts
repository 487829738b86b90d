import "server-only";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { Prisma } from "@/generated/prisma/client";
import { newId } from "../ids";

/** Requests to providers, and the generation that they were made for. */
export type GenerationAttempts = { generationId: string; attempts: readonly CallAttempt[] };

/**
 * The part of a statement that stores requests. They replace what was booked of them before, when
 * their generation was given up for lost.
 *
 * @param only the part of the statement whose `id`s are the generations to store requests of.
 */
export function insertAttempts(
  generations: readonly GenerationAttempts[],
  only: Prisma.Sql,
): Prisma.Sql {
  const rows = JSON.stringify(generations.flatMap(toRows));
  return Prisma.sql`
    INSERT INTO attempts
      (id, generation_id, number, provider_id, model_id, model_name, key_id, outcome, http_status,
       error_code, input_tokens, output_tokens, usage_source, left_out, started_at, headers_at,
       first_token_at, finished_at)
    SELECT a.id, g.id, a.number, a."providerId", a."modelId", a."modelName", a."keyId", a.outcome,
           a."httpStatus", a."errorCode", (a.usage->>'inputTokens')::int,
           (a.usage->>'outputTokens')::int, a.usage->>'source', a."leftOut", a."startedAt",
           a."headersAt", a."firstTokenAt", a."finishedAt"
    FROM ${only} AS g JOIN jsonb_to_recordset(${rows}::jsonb) AS a(
      id text, "generationId" text, number int, "providerId" text, "modelId" text,
      "modelName" text, "keyId" text, outcome text, "httpStatus" int, "errorCode" text,
      usage jsonb, "leftOut" jsonb, "startedAt" timestamptz, "headersAt" timestamptz,
      "firstTokenAt" timestamptz, "finishedAt" timestamptz) ON a."generationId" = g.id
    ON CONFLICT (generation_id, number) DO UPDATE SET
      model_id = EXCLUDED.model_id, key_id = EXCLUDED.key_id, left_out = EXCLUDED.left_out,
      headers_at = EXCLUDED.headers_at, outcome = EXCLUDED.outcome,
      http_status = EXCLUDED.http_status, error_code = EXCLUDED.error_code,
      input_tokens = EXCLUDED.input_tokens, output_tokens = EXCLUDED.output_tokens,
      usage_source = EXCLUDED.usage_source, started_at = EXCLUDED.started_at,
      first_token_at = EXCLUDED.first_token_at, finished_at = EXCLUDED.finished_at`;
}

/**
 * The part of a statement that stores one request, by our own count, for each generation that was
 * given up for lost; what is known of its requests stays.
 *
 * @param lost the part of the statement that has these generations.
 */
export const insertLostAttempts = (lost: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO attempts
    (id, generation_id, number, provider_id, model_name, outcome, error_code, input_tokens,
     output_tokens, usage_source, started_at, first_token_at, finished_at)
  SELECT gen_random_uuid()::text, id, 1, provider_id, coalesce(model_name, ''), 'aborted',
         error_code, input_tokens, output_tokens, 'estimated', started_at, first_token_at,
         heartbeat_at
  FROM ${lost}
  ON CONFLICT (generation_id, number) DO NOTHING`;

function toRows({ generationId, attempts }: GenerationAttempts) {
  return attempts.map((attempt) => ({ id: newId(), generationId, ...attempt }));
}

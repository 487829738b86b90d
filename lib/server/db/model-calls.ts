import "server-only";
import { z } from "zod";
import { errorCodeSchema } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/domain/actor";
import {
  lastAnswersCount,
  lastCallsCount,
  personalFailures,
} from "@/lib/domain/failover/model-state";
import { db } from "./client";
import { requireAdmin } from "./require-admin";

const mostErrors = 5;

const rowSchema = z.object({
  modelId: z.string(),
  isEnabled: z.boolean(),
  source: z.string(),
  kind: z.string(),
  keysInUse: z.number(),
  keysAside: z.number(),
  calls: z.number(),
  failures: z.number(),
  lastCalls: z.number(),
  lastFailures: z.number(),
  firstTokenMs: z.number().nullable(),
  recentErrors: z.array(
    z.object({
      at: z.coerce.date(),
      code: errorCodeSchema.catch("internal"),
      status: z.number().nullable(),
    }),
  ),
});

/** How a model has done in the last 24 hours, from what was booked. */
export type ModelCalls = z.infer<typeof rowSchema>;

/**
 * How every model has done in the last 24 hours. Requests that were stopped, and failures that are
 * a person's own matter, do not count.
 */
export async function findModelCalls(actor: Actor): Promise<ModelCalls[]> {
  requireAdmin(actor);
  const rows = await db().$queryRaw<unknown[]>`
    SELECT m.id AS "modelId", m.is_enabled AND p.is_enabled AS "isEnabled", p.source, p.kind,
      k.in_use AS "keysInUse", k.aside AS "keysAside", c.calls, c.failures,
      c.last_calls AS "lastCalls", c.last_failures AS "lastFailures",
      f.first_token_ms AS "firstTokenMs", c.errors AS "recentErrors"
    FROM models m
    JOIN providers p ON p.id = m.provider_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE NOT is_aside)::int AS in_use,
        count(*) FILTER (WHERE is_aside)::int AS aside
      FROM (
        SELECT aside_code IS NOT NULL AND (aside_until IS NULL OR aside_until > now()) AS is_aside
        FROM provider_keys
        WHERE provider_id = p.id AND user_id IS NULL AND is_enabled) keys
    ) k
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS calls,
        count(*) FILTER (WHERE has_failed)::int AS failures,
        count(*) FILTER (WHERE place <= ${lastCallsCount})::int AS last_calls,
        count(*) FILTER (WHERE place <= ${lastCallsCount} AND has_failed)::int AS last_failures,
        coalesce(json_agg(
          json_build_object('at', started_at, 'code', error_code, 'status', http_status)
          ORDER BY started_at DESC)
          FILTER (WHERE has_failed AND failure_place <= ${mostErrors}), '[]'::json) AS errors
      FROM (
        SELECT started_at, error_code, http_status, outcome = 'failed' AS has_failed,
          row_number() OVER (ORDER BY started_at DESC) AS place,
          row_number() OVER (PARTITION BY outcome = 'failed' ORDER BY started_at DESC)
            AS failure_place
        FROM attempts
        WHERE model_id = m.id AND started_at > now() - interval '24 hours'
          AND outcome <> 'aborted'
          AND (error_code IS NULL OR error_code <> ALL(${[...personalFailures]}::text[]))) calls
    ) c
    CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM first_token_at - started_at) * 1000)::float8 AS first_token_ms
      FROM (
        SELECT first_token_at, started_at FROM attempts
        WHERE model_id = m.id AND started_at > now() - interval '24 hours'
          AND first_token_at IS NOT NULL
        ORDER BY started_at DESC LIMIT ${lastAnswersCount}) answers
    ) f
    ORDER BY m.created_at, m.id`;
  return z.array(rowSchema).parse(rows);
}

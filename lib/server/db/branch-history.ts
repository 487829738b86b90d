import "server-only";
import { z } from "zod";
import {
  branchContextSchema,
  contextPolicySchema,
  plainBranchContext,
  tokenCountsSchema,
  type BranchContext,
  type ContextPolicy,
  type TokenCounts,
} from "@/lib/contracts/context";
import { messagePartSchema, type MessagePart } from "@/lib/contracts/messages";
import { Prisma } from "@/generated/prisma/client";
import { storedSummarySchema, summaryFields, type StoredSummary } from "./stored-summary";
import { messageOf, parentOf } from "./tree-steps";

/** How much of a branch to read. */
export type HistoryScope = {
  /** What holds where neither the conversation nor its user says otherwise. */
  instancePolicy: ContextPolicy;
  /** Tokens, by our own count, after which nothing older can be of use to any model asked. */
  roomTokens: number;
  /** The most of our own tokens that a model may count as one, for a limit in its tokens. */
  ownPerToken: number;
};

export type HistoryMessage = {
  id: string;
  role: "user" | "assistant";
  parts: MessagePart[];
  tokenCounts: TokenCounts | null;
};

/** What a turn needs to know of a branch. */
export type BranchHistory = {
  /** Oldest first. Pinned messages may stand before a gap. */
  history: HistoryMessage[];
  /** Whether the branch was read from its first message on, or from where it is to start. */
  isWhole: boolean;
  context: BranchContext;
  policy: ContextPolicy;
  policyFrom: "conversation" | "user" | "instance";
  /** The summary that stands nearest to the end of the branch; null without one. */
  summary: StoredSummary | null;
};

/** Columns of `branchHistoryColumns`, before their names are ours. */
export const branchHistoryShape = {
  history: z.array(
    z.object({
      id: z.string(),
      role: z.enum(["user", "assistant"]),
      parts: z.array(messagePartSchema),
      tokenCounts: tokenCountsSchema.nullable().catch(null),
    }),
  ),
  is_whole: z.boolean(),
  context: branchContextSchema.catch(plainBranchContext),
  policy: contextPolicySchema,
  policy_from: z.enum(["conversation", "user", "instance"]),
  summary: storedSummarySchema.nullable(),
};

type BranchHistoryRow = z.output<z.ZodObject<typeof branchHistoryShape>>;

/** A row of a query that ends with `branchHistoryColumns`. */
export function toBranchHistory(row: BranchHistoryRow): BranchHistory {
  const { history, context, policy, summary } = row;
  return {
    history,
    context,
    policy,
    summary,
    isWhole: row.is_whole,
    policyFrom: row.policy_from,
  };
}

// Where a message was not counted yet its size tells; rather too little, so that enough is read.
const tokensOf = Prisma.sql`CASE WHEN scope.marks->>m.id = 'excluded' THEN 0
  ELSE coalesce((m.token_counts->>'o200k')::int, pg_column_size(m.parts) / 8) END`;

/**
 * Steps of a recursive statement that read a branch upwards as far as its policy reaches, and the
 * pinned messages above that. They follow a step `origin` with the columns `conversation_id`,
 * `parent_id` (the end of the branch), `branch_context`, `conversation_policy` and `user_policy`.
 */
export function branchHistorySteps({
  instancePolicy,
  roomTokens,
  ownPerToken,
}: HistoryScope): Prisma.Sql {
  return Prisma.sql`
    scope AS (
      SELECT o.conversation_id, o.parent_id, o.branch_context, p.policy, p.policy_from,
        p.policy->>'kind' AS kind, (p.policy->>'rounds')::int * 2 + 2 AS depth,
        CASE WHEN p.policy->>'kind' = 'tokens'
          THEN least(${roomTokens}::int,
            ceil((p.policy->>'tokens')::int * ${ownPerToken}::float8)::int)
          ELSE ${roomTokens}::int END AS room,
        o.branch_context->>'startId' AS start_id,
        coalesce(o.branch_context->'marks', '{}') AS marks,
        ARRAY(SELECT s.covers_to_id FROM summaries s
              WHERE s.conversation_id = o.conversation_id AND s.covers_to_id IS NOT NULL
                AND s.start_id IS NOT DISTINCT FROM o.branch_context->>'startId'
              ORDER BY s.created_at DESC LIMIT 100) AS covers
      FROM origin o CROSS JOIN LATERAL (
        SELECT coalesce(o.conversation_policy, o.user_policy,
            ${JSON.stringify(instancePolicy)}::jsonb) AS policy,
          CASE WHEN o.conversation_policy IS NOT NULL THEN 'conversation'
            WHEN o.user_policy IS NOT NULL THEN 'user' ELSE 'instance' END AS policy_from) p
    ), walk AS (
      SELECT m.id, m.parent_id, 1 AS depth, ${tokensOf} AS tokens,
        m.id = ANY(scope.covers) AS is_covered
      FROM scope JOIN messages m
        ON m.id = scope.parent_id AND m.conversation_id = scope.conversation_id
      UNION ALL
      SELECT m.id, m.parent_id, walk.depth + 1, walk.tokens + ${tokensOf},
        walk.is_covered OR m.id = ANY(scope.covers)
      FROM walk CROSS JOIN scope CROSS JOIN LATERAL (${parentOf(Prisma.sql`walk`)}) m
      WHERE walk.tokens < scope.room AND walk.id IS DISTINCT FROM scope.start_id
        AND CASE scope.kind
          WHEN 'rounds' THEN walk.depth < scope.depth
          WHEN 'summary' THEN walk.depth < scope.depth OR NOT walk.is_covered
          ELSE true END
    ), pinned AS (
      SELECT mark.key AS id
      FROM scope CROSS JOIN LATERAL jsonb_each_text(scope.marks) AS mark
      WHERE mark.value = 'pinned' AND NOT EXISTS (SELECT 1 FROM walk WHERE walk.id = mark.key)
    ), above AS (
      -- Ids only: for pinned messages, and for the end of a summary above what there is room for.
      SELECT m.id, m.parent_id, top.depth + 1 AS depth, m.id = ANY(scope.covers) AS is_covered
      FROM scope, (
          SELECT id, parent_id, depth, is_covered FROM walk ORDER BY depth DESC LIMIT 1) AS top
        JOIN messages m ON m.id = top.parent_id
      WHERE top.id IS DISTINCT FROM scope.start_id
        AND (EXISTS (SELECT 1 FROM pinned) OR scope.kind = 'summary'
          AND NOT top.is_covered AND cardinality(scope.covers) > 0)
      UNION ALL
      SELECT m.id, m.parent_id, above.depth + 1, above.is_covered OR m.id = ANY(scope.covers)
      FROM above CROSS JOIN scope CROSS JOIN LATERAL (${parentOf(Prisma.sql`above`)}) m
      WHERE above.id IS DISTINCT FROM scope.start_id
        AND (EXISTS (SELECT 1 FROM pinned) OR NOT above.is_covered)
    )`;
}

/** What `branchHistorySteps` found, as columns of the statement's end, which names `scope`. */
export const branchHistoryColumns = Prisma.sql`
  scope.policy, scope.policy_from, coalesce(scope.branch_context, '{}') AS context,
  coalesce((
    SELECT w.parent_id IS NULL OR w.id IS NOT DISTINCT FROM scope.start_id
    FROM walk w ORDER BY w.depth DESC LIMIT 1), true) AS is_whole,
  coalesce((
    SELECT json_agg(json_build_object(
        'id', m.id, 'role', m.role, 'parts', m.parts, 'tokenCounts', m.token_counts)
        ORDER BY r.depth DESC)
    FROM (
      SELECT id, depth FROM walk
      UNION ALL
      SELECT above.id, above.depth FROM above JOIN pinned ON pinned.id = above.id) AS r
      CROSS JOIN LATERAL (
        ${messageOf(Prisma.sql`r`)}) m
    ), '[]'::json) AS history,
  (SELECT json_build_object(${summaryFields})
    FROM summaries s LEFT JOIN (
        SELECT id, depth FROM walk UNION ALL SELECT id, depth FROM above) AS place
      ON place.id = s.covers_to_id
    WHERE s.conversation_id = scope.conversation_id
      AND (s.covers_to_id IS NULL OR place.id IS NOT NULL)
      AND s.start_id IS NOT DISTINCT FROM scope.start_id
    -- One that was carried over goes along under every policy, others only where they are wanted.
    ORDER BY (scope.kind <> 'summary' AND s.covers_to_id IS NULL) DESC, place.depth NULLS LAST,
      s.created_at DESC LIMIT 1) AS summary`;

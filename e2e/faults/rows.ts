import type { MessagePart, MessageStatus } from "@/lib/contracts/messages";

export type ConversationRow = {
  id: string;
  activeLeafId: string | null;
  liveMessageIds: string[];
};

export type MessageRow = {
  id: string;
  conversationId: string;
  parentId: string | null;
  role: "user" | "assistant";
  parts: MessagePart[];
  status: MessageStatus;
  errorCode: string | null;
  isEdited: boolean;
  isDeleted: boolean;
};

export type GenerationRow = {
  id: string;
  kind: string;
  conversationId: string;
  messageId: string;
  status: MessageStatus;
  inputTokens: number | null;
  outputTokens: number | null;
};

export type AttemptRow = {
  generationId: string;
  number: number;
  outcome: string;
  errorCode: string | null;
  httpStatus: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  usageSource: string | null;
  /** Whether anything of an answer came. */
  hasContent: boolean;
};

/** What the ledger says of a conversation's answers: what was taken back counts backwards. */
export type BookedRow = {
  conversationId: string;
  requests: number;
  inputTokens: number;
  outputTokens: number;
};

/** A hold of an answer that is not settled. */
export type HoldRow = { id: string; conversationId: string };

/** Everything that was ever booked, by the ledger, and by its sums by day and by hour. */
export type SumRow = { source: "ledger" | "days" | "hours"; sum: string };

/** What the database holds of some conversations. */
export type Rows = {
  conversations: ConversationRow[];
  messages: MessageRow[];
  generations: GenerationRow[];
  attempts: AttemptRow[];
  booked: BookedRow[];
  holds: HoldRow[];
  sums: SumRow[];
};

/** Runs a query; PostgreSQL and PGlite both can. */
export type RunQuery = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** Reads everything about these conversations. */
export async function readRows(query: RunQuery, conversationIds: string[]): Promise<Rows> {
  const read = async <Row>(sql: string) => (await query(sql, [conversationIds])).rows as Row[];
  return {
    conversations: await read<ConversationRow>(
      `SELECT id, active_leaf_id AS "activeLeafId", live_message_ids AS "liveMessageIds"
       FROM conversations WHERE id = ANY($1)`,
    ),
    messages: await read<MessageRow>(
      `SELECT id, conversation_id AS "conversationId", parent_id AS "parentId", role, parts, status,
              error_code AS "errorCode", edited_from_id IS NOT NULL AS "isEdited",
              deleted_at IS NOT NULL AS "isDeleted"
       FROM messages WHERE conversation_id = ANY($1) ORDER BY created_at, id`,
    ),
    generations: await read<GenerationRow>(
      `SELECT id, kind, conversation_id AS "conversationId", message_id AS "messageId", status,
              input_tokens AS "inputTokens", output_tokens AS "outputTokens"
       FROM generations WHERE conversation_id = ANY($1)`,
    ),
    attempts: await read<AttemptRow>(
      `SELECT a.generation_id AS "generationId", a.number, a.outcome, a.error_code AS "errorCode",
              a.http_status AS "httpStatus", a.input_tokens AS "inputTokens",
              a.output_tokens AS "outputTokens", a.usage_source AS "usageSource",
              a.first_token_at IS NOT NULL AS "hasContent"
       FROM attempts a JOIN generations g ON g.id = a.generation_id
       WHERE g.conversation_id = ANY($1) ORDER BY a.generation_id, a.number`,
    ),
    booked: await read<BookedRow>(
      `SELECT conversation_id AS "conversationId",
              sum(CASE WHEN revision = 1 THEN -1 ELSE 1 END)::int AS requests,
              sum(input_tokens)::int AS "inputTokens", sum(output_tokens)::int AS "outputTokens"
       FROM ledger WHERE conversation_id = ANY($1) AND kind IN ('answer', 'continuation')
       GROUP BY 1`,
    ),
    holds: await read<HoldRow>(
      `SELECT id, conversation_id AS "conversationId" FROM holds
       WHERE conversation_id = ANY($1) AND ended_at IS NULL AND kind IN ('answer', 'continuation')`,
    ),
    // In one statement: the three are of one moment.
    sums: (
      await query(
        `SELECT 'ledger' AS source, concat_ws(' ', sum(CASE WHEN revision = 1 THEN -1 ELSE 1 END),
                sum(input_tokens), sum(cached_tokens), sum(output_tokens), sum(reasoning_tokens),
                sum(coalesce(cost_micros, 0))) AS sum FROM ledger
         UNION ALL SELECT 'days', concat_ws(' ', sum(attempts), sum(input_tokens),
                sum(cached_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_micros))
         FROM usage_days
         UNION ALL SELECT 'hours', concat_ws(' ', sum(attempts), sum(input_tokens),
                sum(cached_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_micros))
         FROM usage_hours`,
        [],
      )
    ).rows as SumRow[],
  };
}

export function textOfRow({ parts }: MessageRow): string {
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

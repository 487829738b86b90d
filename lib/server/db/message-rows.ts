import "server-only";
import { z } from "zod";
import { errorCodeSchema, errorDetailsSchema } from "@/lib/contracts/errors";
import { budgetLimitSchema, contextMarkSchema } from "@/lib/contracts/context";
import { failoverSchema, messagePartSchema, type Message } from "@/lib/contracts/messages";
import { Prisma } from "@/generated/prisma/client";
import { readUsage, usageOf } from "./answer-usage";

/** A message as `messageColumns` reads it. */
export type MessageRow = {
  id: string;
  parentId: string | null;
  role: Message["role"];
  parts: unknown;
  status: Message["status"];
  errorCode: string | null;
  errorDetails: unknown;
  modelLabel: string | null;
  context: string;
  isEdited: boolean;
  failover: unknown;
  candidateGroup: string | null;
  usage: unknown;
  budgetLimit: unknown;
  createdAt: Date;
  siblingIds: string[];
};

/**
 * What the browser sees of a row of `messages m`. The alternatives of a first message are looked
 * for within its conversation, the others by their parent, each by an index.
 */
export const messageColumns = Prisma.sql`
  m.id, m.parent_id AS "parentId", m.role, m.parts, m.status, m.error_code AS "errorCode",
  m.error_details AS "errorDetails", m.model_label AS "modelLabel",
  coalesce((SELECT leaf.branch_context->'marks'->>m.id
    FROM conversations v JOIN messages leaf ON leaf.id = v.active_leaf_id
    WHERE v.id = m.conversation_id), 'auto') AS context,
  m.edited_from_id IS NOT NULL AS "isEdited", m.failover,
  m.candidate_group AS "candidateGroup", m.created_at AS "createdAt",
  CASE WHEN m.role = 'assistant' THEN ${usageOf()} END AS usage,
  -- Plans are long: read only where the answer ended at a limit.
  CASE WHEN m.status = 'length' THEN (
    SELECT g.context_plan->'budgetLimit' FROM generations g
    WHERE g.message_id = m.id AND g.kind <> 'summary'
    ORDER BY g.started_at DESC LIMIT 1) END AS "budgetLimit",
  CASE WHEN m.parent_id IS NULL
    THEN ARRAY(SELECT s.id FROM messages s
               WHERE s.conversation_id = m.conversation_id AND s.parent_id IS NULL
                 AND s.deleted_at IS NULL ORDER BY s.created_at, s.id)
    ELSE ARRAY(SELECT s.id FROM messages s
               WHERE s.parent_id = m.parent_id AND s.deleted_at IS NULL
               ORDER BY s.created_at, s.id)
  END AS "siblingIds"`;

const partsSchema = z.array(messagePartSchema);

/** The message as the browser sees it. */
export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    parts: partsSchema.parse(row.parts),
    status: row.status,
    errorCode: errorCodeSchema.nullable().catch("internal").parse(row.errorCode),
    errorDetails: errorDetailsSchema.nullable().catch(null).parse(row.errorDetails),
    siblingIds: row.siblingIds,
    model: row.modelLabel,
    context: contextMarkSchema.catch("auto").parse(row.context),
    isEdited: row.isEdited,
    failover: failoverSchema.nullable().catch(null).parse(row.failover),
    candidateGroup: row.candidateGroup,
    usage: readUsage(row.usage),
    budgetLimit: budgetLimitSchema.nullable().catch(null).parse(row.budgetLimit),
    createdAt: row.createdAt.toISOString(),
  };
}

import "server-only";
import { z } from "zod";
import type { ContextPolicy, TokenCounts } from "@/lib/contracts/context";
import type { MessagePart } from "@/lib/contracts/messages";
import { parametersSchema, type Parameters } from "@/lib/contracts/parameters";
import type { Actor } from "@/lib/domain/actor";
import { findImageIds } from "@/lib/domain/images/find-image-ids";
import { Prisma } from "@/generated/prisma/client";
import type { ResolvedAlias } from "./aliases";
import {
  branchHistoryColumns,
  branchHistoryShape,
  branchHistorySteps,
  toBranchHistory,
  type BranchHistory,
  type HistoryScope,
} from "./branch-history";
import { takeoverSteps } from "./branch-takeover";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";

export type TurnToOpen = {
  conversationId: string;
  /** Null when an existing user message is answered anew. */
  userMessage: { id: string; parts: MessagePart[]; tokenCounts: TokenCounts } | null;
  /**
   * What the user message follows, or without one the message to answer. `undefined` means the
   * active leaf.
   */
  parentId: string | null | undefined;
  /** At least one, ids ascending. */
  answers: readonly AnswerToOpen[];
  /** `n`: as many of them as the conversation's parameters ask for. */
  howMany: "all" | "n";
  title: string;
  /** Changes the conversation's own system prompt; undefined leaves it. */
  systemPrompt: string | null | undefined;
  /** Changes the conversation's parameters; undefined leaves them. */
  parameters: Parameters | null | undefined;
  /** Changes the conversation's context policy; undefined leaves it. */
  contextPolicy: ContextPolicy | null | undefined;
  /** How much of the branch to return. */
  scope: HistoryScope;
};

/** An answer, and what is to write it. */
export type AnswerToOpen = { answerId: string; generationId: string } & OpenedBy;

/** Who is to answer: an alias, and the model of it that is asked first. */
export type OpenedBy = {
  aliasId: string;
  model: { id: string; name: string; label: string; providerId: string };
};

/** What of an alias goes into the database when a turn opens. */
export function toOpenedBy({ id, targets }: ResolvedAlias): OpenedBy {
  const [first] = targets;
  if (first === undefined) throw new Error("an alias without models");
  const { name, label, provider } = first;
  return { aliasId: id, model: { id: first.id, name, label, providerId: provider.id } };
}

export type OpenedTurn = BranchHistory & {
  isNewConversation: boolean;
  /** How many answers were opened. */
  count: number;
  /** False when the active branch went on elsewhere: an edit, an answer anew, another branch. */
  followsLeaf: boolean;
  title: string;
  systemPrompt: string | null;
  userSystemPrompt: string | null;
  parameters: Parameters | null;
  // The history includes the answered message when that is not new.
};

/** A row of openTurn, before its names are ours. */
export const openedSchema = z.object({
  is_new: z.boolean(),
  count: z.number(),
  follows_leaf: z.boolean(),
  title: z.string(),
  system_prompt: z.string().nullable(),
  user_system_prompt: z.string().nullable(),
  parameters: parametersSchema.nullable().catch(null),
  ...branchHistoryShape,
});

/**
 * Opens a turn in one statement, and so in one transaction and one round trip: finds or makes the
 * conversation, claims it for these answers, stores the user message, empty `streaming` answers
 * and their generations, and returns the history.
 *
 * The claim (`live_message_ids` from nothing to these answers) is what makes a double click, two
 * tabs or two instances end in one turn: PostgreSQL lets one through and the others see the claim.
 *
 * Where the conversation's row changes while the statement waits for it (a deletion, the end of
 * the answer before), what was read of the tree may be out of date. The row's version (`xmin`)
 * tells, nothing is opened, and a second look decides.
 *
 * @returns null when nothing was opened: the conversation is not the actor's, or deleted, is
 * already claimed, or the parent is not in it. A used message id throws Prisma's P2002 or, for a
 * raw query, its P2010.
 */
export async function openTurn(actor: Actor, turn: TurnToOpen): Promise<OpenedTurn | null> {
  return (await tryToOpen(actor, turn)) ?? (await tryToOpen(actor, turn));
}

async function tryToOpen(actor: Actor, turn: TurnToOpen): Promise<OpenedTurn | null> {
  const { conversationId, userMessage, answers } = turn;
  const [first] = answers;
  if (first === undefined) throw new Error("a turn without answers");
  const usesLeaf = turn.parentId === undefined;
  const answerIds = answers.map(({ answerId }) => answerId);
  const answerRows = JSON.stringify(answers.map(toAnswerRow));
  const parts = JSON.stringify(userMessage?.parts ?? []);
  const counts = userMessage === null ? null : JSON.stringify(userMessage.tokenCounts);
  const parameters = turn.parameters ? JSON.stringify(turn.parameters) : null;
  const policy = turn.contextPolicy ? JSON.stringify(turn.contextPolicy) : null;
  const rows = await retryConflict(
    () => db().$queryRaw<unknown[]>`
    WITH RECURSIVE start AS (
      SELECT c.xmin AS version, c.active_leaf_id AS leaf_id,
        -- What was said of the branch that is shown goes on where a turn leads away from it.
        (SELECT l.branch_context FROM messages l WHERE l.id = c.active_leaf_id) AS branch_context,
        CASE WHEN ${usesLeaf} THEN c.active_leaf_id ELSE ${turn.parentId ?? null}::text END
          AS parent_id,
        CASE WHEN ${turn.howMany === "all"} THEN ${answers.length}::int
          ELSE least(${answers.length}::int, CASE WHEN ${turn.parameters !== undefined}
            THEN ${turn.parameters?.n ?? 1}::int
            ELSE coalesce((c.parameters->>'n')::int, 1) END) END AS count
      FROM (SELECT) AS one LEFT JOIN conversations c
        ON c.id = ${conversationId} AND c.user_id = ${actor.userId}
    ), ${takeoverSteps(userMessage?.id ?? null, usesLeaf)}, claimed AS (
      INSERT INTO conversations
        (id, user_id, title, model_id, system_prompt, parameters, context_policy, active_leaf_id,
         live_message_ids)
      SELECT ${conversationId}, ${actor.userId}, ${turn.title}, ${first.aliasId},
             ${turn.systemPrompt ?? null}, ${parameters}::jsonb, ${policy}::jsonb,
             ${first.answerId},
             (${answerIds}::text[])[1:start.count]
      FROM start
      WHERE start.parent_id IS NULL OR EXISTS (
        SELECT 1 FROM messages p
        WHERE p.id = start.parent_id AND p.conversation_id = ${conversationId}
          AND p.deleted_at IS NULL)
      ON CONFLICT (id) DO UPDATE SET
        live_message_ids = EXCLUDED.live_message_ids,
        active_leaf_id = EXCLUDED.active_leaf_id,
        model_id = EXCLUDED.model_id,
        system_prompt = CASE WHEN ${turn.systemPrompt !== undefined}
          THEN EXCLUDED.system_prompt ELSE conversations.system_prompt END,
        parameters = CASE WHEN ${turn.parameters !== undefined}
          THEN EXCLUDED.parameters ELSE conversations.parameters END,
        context_policy = CASE WHEN ${turn.contextPolicy !== undefined}
          THEN EXCLUDED.context_policy ELSE conversations.context_policy END,
        updated_at = now()
      WHERE conversations.user_id = ${actor.userId}
        AND conversations.deleted_at IS NULL
        AND conversations.live_message_ids = '{}'
        AND conversations.xmin = (SELECT version FROM start)
      RETURNING id, title, system_prompt, parameters, context_policy, (xmax = 0) AS is_new
    ), opened AS (
      SELECT a.*, claimed.id AS conversation_id, claimed.parameters,
             coalesce(${userMessage?.id ?? null}, start.parent_id) AS parent_id,
             CASE WHEN start.count > 1 THEN ${first.answerId} END AS candidate_group
      FROM claimed, start, jsonb_to_recordset(${answerRows}::jsonb) AS a(
        place int, id text, generation_id text, alias_id text, model_id text, model_label text,
        model_name text, provider_id text)
      WHERE a.place < start.count
    ), newest AS (
      -- The new branch is the newest, which is what counts where nothing else was chosen; of
      -- several answers it is the first.
      UPDATE messages p SET chosen_child_id = shown.id
      FROM start, (
        SELECT CASE WHEN ${userMessage === null} THEN max(candidate_group) END AS id FROM opened
        HAVING count(*) > 0) AS shown
      WHERE p.id = start.parent_id AND p.chosen_child_id IS DISTINCT FROM shown.id
    ), question AS (
      INSERT INTO messages
        (id, conversation_id, parent_id, role, parts, status, token_counts, chosen_child_id)
      SELECT ${userMessage?.id ?? null}, claimed.id, start.parent_id, 'user', ${parts}::jsonb,
             'complete', ${counts}::jsonb,
             CASE WHEN start.count > 1 THEN ${first.answerId} END
      FROM claimed, start WHERE ${userMessage !== null}
      RETURNING id
    ),${linkImages(userMessage?.parts ?? [])} answer AS (
      INSERT INTO messages
        (id, conversation_id, parent_id, role, parts, status, model_id, model_label,
         candidate_group, branch_context)
      SELECT opened.id, opened.conversation_id, opened.parent_id, 'assistant', '[]'::jsonb,
             'streaming', opened.model_id, opened.model_label, opened.candidate_group,
             said.branch_context
      FROM opened, said
    ), generation AS (
      INSERT INTO generations
        (id, conversation_id, message_id, user_id, provider_id, model_id, model_name, alias_id,
         parameters, status)
      SELECT generation_id, conversation_id, id, ${actor.userId}, provider_id, model_id,
             model_name, alias_id, parameters, 'streaming'
      FROM opened
    ), origin AS (
      SELECT claimed.id AS conversation_id, start.parent_id, said.branch_context,
        claimed.context_policy AS conversation_policy, u.context_policy AS user_policy
      FROM claimed CROSS JOIN start CROSS JOIN said LEFT JOIN users u ON u.id = ${actor.userId}
    ), ${branchHistorySteps(turn.scope)}
    SELECT claimed.title, claimed.system_prompt, claimed.parameters, claimed.is_new, start.count,
      start.parent_id IS NOT DISTINCT FROM start.leaf_id AS follows_leaf,
      (SELECT u.system_prompt FROM users u WHERE u.id = ${actor.userId}) AS user_system_prompt,
      ${branchHistoryColumns}
    FROM claimed, start, scope`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const opened = openedSchema.parse(row);
  return {
    isNewConversation: opened.is_new,
    count: opened.count,
    followsLeaf: opened.follows_leaf,
    title: opened.title,
    systemPrompt: opened.system_prompt,
    userSystemPrompt: opened.user_system_prompt,
    parameters: opened.parameters,
    ...toBranchHistory(opened),
  };
}

function toAnswerRow({ answerId, generationId, aliasId, model }: AnswerToOpen, place: number) {
  return {
    place,
    id: answerId,
    generation_id: generationId,
    alias_id: aliasId,
    model_id: model.id,
    model_label: model.label,
    model_name: model.name,
    provider_id: model.providerId,
  };
}

/** The images that the new message shows; a step of the statement where there are some. */
function linkImages(parts: readonly MessagePart[]): Prisma.Sql {
  const ids = findImageIds(parts);
  if (ids.length === 0) return Prisma.empty;
  return Prisma.sql`
    linked AS (
      INSERT INTO message_attachments (message_id, attachment_id)
      SELECT question.id, image.id FROM question, unnest(${ids}::text[]) AS image(id)
    ),`;
}

/** Whether an error says that an id is taken already. */
export function isDuplicateId(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || JSON.stringify(error.meta ?? {}).includes("23505");
}

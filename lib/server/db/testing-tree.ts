import "server-only";
import type { Message } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import type { HistoryScope } from "./branch-history";
import { db } from "./client";
import { findMessages } from "./messages";

/** Names of messages and what each follows. A name that begins with q is a question's. */
type Branches = Record<string, string | null>;

/**
 * Stores a conversation whose messages have names instead of ids, each a second after the one
 * before; the last one is the active leaf, unless another is named.
 */
export async function plantTree(
  actor: Actor,
  branches: Branches,
  options: { leaf?: string; texts?: Record<string, string> } = {},
) {
  const { leaf = Object.keys(branches).at(-1) ?? "", texts = {} } = options;
  const conversationId = newId();
  const names = Object.keys(branches);
  const ids = new Map(names.map((name) => [name, newId()]));
  const idOf = (name: string): string => ids.get(name) ?? `no-message-${name}`;
  const nameOf = (id: string): string => names.find((name) => ids.get(name) === id) ?? id;
  const startMs = Date.now() - names.length * 1000;
  await db().conversation.create({
    data: {
      id: conversationId,
      userId: actor.userId,
      title: "A tree",
      activeLeafId: ids.get(leaf) ?? null,
      messages: {
        create: Object.entries(branches).map(([name, parent], n) => ({
          id: idOf(name),
          parentId: parent === null ? null : idOf(parent),
          role: name.startsWith("q") ? "user" : "assistant",
          parts: [{ type: "text", text: texts[name] ?? `text of ${name}` }],
          status: "complete",
          modelLabel: name.startsWith("q") ? null : "A model",
          createdAt: new Date(startMs + n * 1000),
        })),
      },
    },
  });

  /** The active branch by names; messages that were made since go by their ids. */
  async function branch(): Promise<string[]> {
    const { messages } = await findMessages(actor, conversationId, { limit: 100 });
    return messages.map(({ id }) => nameOf(id));
  }

  async function shown(name: string): Promise<Message | undefined> {
    const { messages } = await findMessages(actor, conversationId, { limit: 100 });
    return messages.find(({ id }) => id === idOf(name));
  }

  return { conversationId, idOf, nameOf, branch, shown };
}

/** Stores a conversation of `count` messages in one branch, with texts of about `characters`. */
export async function plantLongBranch(actor: Actor, count: number, characters = 20) {
  const conversationId = newId();
  const ids = Array.from({ length: count }, () => newId());
  await db().conversation.create({
    data: {
      id: conversationId,
      userId: actor.userId,
      title: "A long one",
      activeLeafId: ids.at(-1) ?? null,
    },
  });
  for (let start = 0; start < count; start += 1000) {
    await db().message.createMany({
      data: ids.slice(start, start + 1000).map((id, n) => {
        const at = start + n;
        const text = `message ${String(at)} ${"lorem ipsum ".repeat(Math.ceil(characters / 12))}`;
        return {
          id,
          conversationId,
          parentId: ids[at - 1] ?? null,
          role: at % 2 === 0 ? ("user" as const) : ("assistant" as const),
          parts: [{ type: "text", text }],
          status: "complete" as const,
          createdAt: new Date(Date.UTC(2026, 0, 1) + at * 1000),
        };
      }),
    });
  }
  return { conversationId, ids };
}

/** What must hold of every tree at any time; the broken rules by name, none when all is well. */
export async function findBrokenTrees(): Promise<string[]> {
  const rows = await db().$queryRaw<{ rule: string; id: string }[]>`
    SELECT 'the active leaf is a message of the conversation and not deleted' AS rule, c.id
    FROM conversations c
    WHERE c.active_leaf_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM messages m WHERE m.id = c.active_leaf_id AND m.conversation_id = c.id
        AND m.deleted_at IS NULL)
    UNION ALL
    SELECT 'a conversation with messages has an active leaf', c.id
    FROM conversations c
    WHERE c.active_leaf_id IS NULL AND EXISTS (
      SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.deleted_at IS NULL)
    UNION ALL
    SELECT 'the live messages are being written and not deleted', c.id
    FROM conversations c
    WHERE EXISTS (
      SELECT 1 FROM unnest(c.live_message_ids) AS live(id) WHERE NOT EXISTS (
        SELECT 1 FROM messages m WHERE m.id = live.id AND m.conversation_id = c.id
          AND m.status = 'streaming' AND m.deleted_at IS NULL))
    UNION ALL
    SELECT 'what is being written is a live message', m.id
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.status = 'streaming' AND m.id <> ALL(c.live_message_ids)
    UNION ALL
    SELECT 'the parent is in the conversation, and deleted only together with its children', m.id
    FROM messages m
    WHERE m.parent_id IS NOT NULL AND m.deleted_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM messages p WHERE p.id = m.parent_id AND p.conversation_id = m.conversation_id
        AND p.deleted_at IS NULL)
    UNION ALL
    SELECT 'an answer that is being written has one generation that writes', m.id
    FROM messages m
    WHERE m.status = 'streaming' AND (
      SELECT count(*) FROM generations g
      WHERE g.message_id = m.id AND g.status = 'streaming') <> 1`;
  return rows.map(({ rule, id }) => `${rule}: ${id}`);
}

/** As much of a branch as any test needs. */
export const testScope: HistoryScope = {
  instancePolicy: { kind: "rounds", rounds: 10, tokens: 32_000 },
  roomTokens: 1_000_000,
  ownPerToken: 2,
};

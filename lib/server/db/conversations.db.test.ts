import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { db } from "./client";
import {
  deleteConversation,
  findConversations,
  getConversation,
  purgeDeletedConversations,
  requireConversation,
  requireWholeConversation,
  updateConversation,
} from "./conversations";
import { closeAbandonedGenerations } from "./abandoned-generations";
import { findMessages } from "./messages";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

async function makeConversations(count: number, at = new Date()) {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    userId: actor.userId,
    title: `Number ${String(n)}`,
    updatedAt: new Date(at.getTime() - Math.floor(n / 3) * 1000),
  }));
  await db().conversation.createMany({ data: rows });
  return rows.map((row) => row.id);
}

/** A conversation whose active branch has `count` messages, in turns. */
async function makeBranch(count: number) {
  const [id = ""] = await makeConversations(1);
  const ids = Array.from({ length: count }, () => newId());
  await db().message.createMany({
    data: ids.map((messageId, n) => ({
      id: messageId,
      conversationId: id,
      parentId: ids[n - 1] ?? null,
      role: n % 2 === 0 ? ("user" as const) : ("assistant" as const),
      parts: [{ type: "text", text: `message ${String(n)}` }],
      status: "complete" as const,
    })),
  });
  await db().conversation.update({ where: { id }, data: { activeLeafId: ids.at(-1) ?? null } });
  return { id, ids };
}

describe("findConversations", () => {
  it("pages through all of them once, the last used first, also within one millisecond", async () => {
    const ids = await makeConversations(25);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findConversations(actor, { cursor, limit: 7 });
      seen.push(...page.conversations.map((conversation) => conversation.id));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it("starts at the top for a cursor that is none of ours", async () => {
    await makeConversations(2);
    for (const cursor of ["nonsense", Buffer.from('["x","y"]').toString("base64url")])
      expect((await findConversations(actor, { cursor, limit: 5 })).conversations).toHaveLength(2);
  });
});

describe("deleteConversation", () => {
  it("can be undone, with everything as it was", async () => {
    const { id } = await makeBranch(4);
    await deleteConversation(actor, id);
    expect(await getConversation(actor, id)).toBeNull();
    await expect(updateConversation(actor, id, { title: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(findMessages(actor, id, { limit: 5 })).rejects.toMatchObject({
      code: "not_found",
    });
    await updateConversation(actor, id, { isDeleted: false });
    expect((await findMessages(actor, id, { limit: 5 })).messages).toHaveLength(4);
  });

  it("is final once purged, and leaves others alone", async () => {
    const { id } = await makeBranch(2);
    const { id: other } = await makeBranch(2);
    await deleteConversation(actor, id);
    const system = { system: "test" };
    expect(await purgeDeletedConversations(system, new Date(Date.now() - 60_000))).toBe(0);
    expect(await purgeDeletedConversations(system, new Date(Date.now() + 1000))).toBe(1);
    expect(await db().message.count()).toBe(2);
    expect(await getConversation(actor, other)).not.toBeNull();
  });
});

describe("updateConversation", () => {
  it("renames without moving it in the list", async () => {
    const [first = "", , , , last = ""] = await makeConversations(5);
    await updateConversation(actor, last, { title: "A better name" });
    const { conversations } = await findConversations(actor, { limit: 5 });
    expect(conversations.map((conversation) => conversation.id)).toContain(first);
    expect(conversations.at(-1)?.id === last || conversations.at(-2)?.id === last).toBe(true);
  });
});

describe("closeAbandonedGenerations", () => {
  it("ends what nobody writes any more, keeps its text, and frees the conversation", async () => {
    const { id, ids } = await makeBranch(2);
    const [, answerId = ""] = ids;
    const parts = [{ type: "text", text: "As far as it" }];
    await db().message.update({ where: { id: answerId }, data: { status: "streaming", parts } });
    await db().conversation.update({ where: { id }, data: { liveMessageIds: [answerId] } });
    await db().generation.create({
      data: {
        id: newId(),
        conversationId: id,
        messageId: answerId,
        userId: actor.userId,
        status: "streaming",
        heartbeatAt: new Date(Date.now() - 30_000),
      },
    });
    const system = { system: "test" };
    await closeAbandonedGenerations(system, 60_000);
    expect((await findMessages(actor, id, { limit: 5 })).messages[1]?.status).toBe("streaming");
    await closeAbandonedGenerations(system, 10_000);
    const { messages } = await findMessages(actor, id, { limit: 5 });
    expect(messages[1]).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
      parts,
    });
    const row = await db().conversation.findUnique({ where: { id } });
    expect(row?.liveMessageIds).toEqual([]);
    expect((await db().generation.findMany())[0]).toMatchObject({ status: "interrupted" });
  });
});

describe("a conversation that goes on from another one", () => {
  const carryOver = async (text: string, fromId: string) => {
    const [id = ""] = await makeConversations(1);
    await db().summary.create({
      data: {
        id: newId(),
        conversationId: id,
        text,
        tokenCounts: {},
        coveredCount: 8,
        source: "model",
        carriedFromId: fromId,
      },
    });
    return id;
  };

  it("knows the summary that it began with, and where that is from while it is there", async () => {
    const [fromId = ""] = await makeConversations(1);
    const id = await carryOver("They met in spring.", fromId);
    expect((await requireWholeConversation(actor, id)).carried).toEqual({
      text: "They met in spring.",
      from: { id: fromId, title: "Number 0" },
    });
    expect(await requireConversation(actor, id)).not.toHaveProperty("carried");
    await deleteConversation(actor, fromId);
    expect((await requireWholeConversation(actor, id)).carried).toEqual({
      text: "They met in spring.",
      from: null,
    });
    await expect(requireWholeConversation(actor, fromId)).rejects.toThrow("not_found");
  });

  it("says nothing of a conversation that is somebody else's", async () => {
    const id = await carryOver("They met in spring.", newId());
    const other = await makeUser();
    const mine = newId();
    await db().conversation.create({ data: { id: mine, userId: other.userId, title: "Secret" } });
    await db().summary.updateMany({
      where: { conversationId: id },
      data: { carriedFromId: mine },
    });
    expect((await requireWholeConversation(actor, id)).carried).toMatchObject({ from: null });
  });

  it("is told apart from one with a summary of its own", async () => {
    const { id, ids } = await makeBranch(4);
    await db().summary.create({
      data: {
        id: newId(),
        conversationId: id,
        coversToId: ids[1] ?? null,
        text: "Own",
        tokenCounts: {},
        coveredCount: 2,
        source: "model",
      },
    });
    expect((await requireWholeConversation(actor, id)).carried).toBeNull();
  });
});

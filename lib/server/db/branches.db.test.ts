import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ContextMark } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { setMark } from "@/lib/domain/context/marks";
import { changeBranchContext } from "./branch-context";
import { addEditedAnswer, chooseMessage } from "./branches";
import { branchOff } from "./branch-off";
import { db } from "./client";
import { getConversation } from "./conversations";
import { deleteMessage } from "./message-deletion";
import { findMessages } from "./messages";
import { makeUser, useTestDatabase } from "./testing";
import { findBrokenTrees, plantTree } from "./testing-tree";

useTestDatabase();

let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

afterEach(async () => {
  expect(await findBrokenTrees()).toEqual([]);
});

/** Two answers to the first question; both go on, the second one with two versions of a question. */
const twoWays = {
  q1: null,
  a1: "q1",
  q2: "a1",
  a2: "q2",
  b1: "q1",
  q3: "b1",
  a3: "q3",
  q4: "b1",
  a4: "q4",
};

async function pretendAnswering(conversationId: string, messageId: string): Promise<void> {
  await db().message.update({ where: { id: messageId }, data: { status: "streaming" } });
  await db().conversation.update({
    where: { id: conversationId },
    data: { liveMessageIds: [messageId] },
  });
  await db().generation.create({
    data: { id: newId(), conversationId, messageId, userId: actor.userId, status: "streaming" },
  });
}

describe("chooseMessage", () => {
  it("leads the branch through the message, and on to where it was left", async () => {
    const { idOf, branch } = await plantTree(actor, twoWays);
    await chooseMessage(actor, idOf("a1"));
    expect(await branch()).toEqual(["q1", "a1", "q2", "a2"]);
    await chooseMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "b1", "q4", "a4"]);
    await chooseMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "b1", "q3", "a3"]);
    await chooseMessage(actor, idOf("a1"));
    await chooseMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "b1", "q3", "a3"]);
  });

  it("leads through what is above it too, wherever the branch was", async () => {
    const { idOf, branch } = await plantTree(actor, { ...twoWays, q0: null, a0: "q0" });
    expect(await branch()).toEqual(["q0", "a0"]);
    await chooseMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "b1", "q3", "a3"]);
    await chooseMessage(actor, idOf("q0"));
    await chooseMessage(actor, idOf("q1"));
    expect(await branch()).toEqual(["q1", "b1", "q3", "a3"]);
  });

  it("goes to the newest where nothing was chosen, or the chosen one is deleted", async () => {
    const { idOf, branch } = await plantTree(actor, twoWays, { leaf: "a2" });
    await chooseMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "b1", "q4", "a4"]);
    await chooseMessage(actor, idOf("q3"));
    await chooseMessage(actor, idOf("a1"));
    await deleteMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "a1", "q2", "a2"]);
    await chooseMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "b1", "q4", "a4"]);
  });

  it("does not move the conversation in the list", async () => {
    const { conversationId, idOf } = await plantTree(actor, twoWays);
    const before = await getConversation(actor, conversationId);
    await chooseMessage(actor, idOf("a1"));
    expect((await getConversation(actor, conversationId))?.updatedAt).toBe(before?.updatedAt);
  });

  it("waits for an answer that is being written", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, twoWays);
    await pretendAnswering(conversationId, idOf("a4"));
    await expect(chooseMessage(actor, idOf("a1"))).rejects.toMatchObject({
      code: "answer_in_progress",
    });
    expect(await branch()).toEqual(["q1", "b1", "q4", "a4"]);
  });

  it("finds neither what is deleted nor what is somebody else's", async () => {
    const { idOf } = await plantTree(actor, twoWays);
    await deleteMessage(actor, idOf("a1"));
    const refused = { code: "not_found" };
    await expect(chooseMessage(actor, idOf("q2"))).rejects.toMatchObject(refused);
    const other = await makeUser({ role: "admin" });
    await expect(chooseMessage(other, idOf("q3"))).rejects.toMatchObject(refused);
    await expect(chooseMessage(actor, newId())).rejects.toMatchObject(refused);
  });
});

describe("addEditedAnswer", () => {
  const edit = { text: "In other words", tokenCounts: { o200k: 7, wide: 0, signs: 0 } };

  it("puts the text beside the answer, chosen, and keeps what followed the answer", async () => {
    const { conversationId, idOf, branch, shown } = await plantTree(actor, twoWays);
    const { messageId } = await addEditedAnswer(actor, idOf("a1"), edit);
    const { messages } = await findMessages(actor, conversationId, { limit: 10 });
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({
      id: messageId,
      parts: [{ type: "text", text: edit.text }],
      status: "complete",
      model: "A model",
      isEdited: true,
      siblingIds: [idOf("a1"), idOf("b1"), messageId],
    });
    const row = await db().message.findUnique({ where: { id: messageId } });
    expect(row).toMatchObject({
      tokenCounts: { o200k: 7, wide: 0, signs: 0 },
      editedFromId: idOf("a1"),
    });
    await chooseMessage(actor, idOf("a1"));
    expect(await branch()).toEqual(["q1", "a1", "q2", "a2"]);
    expect(await shown("a1")).toMatchObject({ isEdited: false });
  });

  it("is for answers that are there, whole, and one's own", async () => {
    const { conversationId, idOf } = await plantTree(actor, twoWays);
    await expect(addEditedAnswer(actor, idOf("q1"), edit)).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(addEditedAnswer(await makeUser(), idOf("a1"), edit)).rejects.toMatchObject({
      code: "not_found",
    });
    await deleteMessage(actor, idOf("q3"));
    await expect(addEditedAnswer(actor, idOf("a3"), edit)).rejects.toMatchObject({
      code: "not_found",
    });
    await pretendAnswering(conversationId, idOf("a4"));
    for (const name of ["a1", "a4"])
      await expect(addEditedAnswer(actor, idOf(name), edit)).rejects.toMatchObject({
        code: "answer_in_progress",
      });
    expect(await db().message.count()).toBe(Object.keys(twoWays).length);
  });
});

const mark = (who: Actor, id: string, context: ContextMark) =>
  changeBranchContext(who, id, (before) => setMark(before, id, context));

describe("a mark", () => {
  it("pins and excludes what is there and one's own", async () => {
    const { idOf, shown } = await plantTree(actor, twoWays);
    for (const context of ["pinned", "excluded", "auto"] as const) {
      await mark(actor, idOf("q4"), context);
      expect((await shown("q4"))?.context).toBe(context);
    }
    const refused = { code: "not_found" };
    await expect(mark(await makeUser(), idOf("q4"), "pinned")).rejects.toMatchObject(refused);
    await deleteMessage(actor, idOf("q4"));
    await expect(mark(actor, idOf("q4"), "pinned")).rejects.toMatchObject(refused);
  });
});

describe("branchOff", () => {
  it("copies what leads to the message into a conversation of its own", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, twoWays);
    await db().conversation.update({
      where: { id: conversationId },
      data: { systemPrompt: "Be brief.", modelId: "a-model", titleSource: "user" },
    });
    await db().message.update({
      where: { id: idOf("a3") },
      data: {
        status: "stopped",
        tokenCounts: { o200k: 3, wide: 0, signs: 0 },
        editedFromId: "another",
      },
    });
    const summary = await branchOff(actor, idOf("a3"));
    expect(summary).toMatchObject({ title: "A tree", isAnswering: false });
    const copy = await db().conversation.findUnique({ where: { id: summary.id } });
    expect(copy).toMatchObject({
      userId: actor.userId,
      systemPrompt: "Be brief.",
      modelId: "a-model",
      titleSource: "user",
      liveMessageIds: [],
    });
    const { messages } = await findMessages(actor, summary.id, { limit: 10 });
    const of = (name: string) => ({ parts: [{ type: "text", text: `text of ${name}` }] });
    expect(messages).toMatchObject([of("q1"), of("b1"), of("q3"), of("a3")]);
    expect(messages.at(-1)).toMatchObject({
      status: "stopped",
      isEdited: true,
      model: "A model",
      siblingIds: [messages.at(-1)?.id],
    });
    const originals = new Set(Object.keys(twoWays).map(idOf));
    expect(messages.some(({ id }) => originals.has(id))).toBe(false);
    const original = await db().message.findUnique({ where: { id: idOf("a3") } });
    const copied = await db().message.findUnique({ where: { id: messages.at(-1)?.id ?? "" } });
    expect(copied).toMatchObject({
      tokenCounts: { o200k: 3, wide: 0, signs: 0 },
      createdAt: original?.createdAt,
    });
    expect(await branch()).toEqual(["q1", "b1", "q4", "a4"]);
    expect(await db().message.count()).toBe(Object.keys(twoWays).length + 4);
  });

  it("lives on when the original is deleted, and can be continued by itself", async () => {
    const { idOf } = await plantTree(actor, twoWays);
    const { id } = await branchOff(actor, idOf("q2"));
    await deleteMessage(actor, idOf("q1"));
    const { messages } = await findMessages(actor, id, { limit: 10 });
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  it("waits for an answer that is being written, not for others beside the message", async () => {
    const { conversationId, idOf } = await plantTree(actor, twoWays);
    await pretendAnswering(conversationId, idOf("a4"));
    await expect(branchOff(actor, idOf("a4"))).rejects.toMatchObject({
      code: "answer_in_progress",
    });
    await branchOff(actor, idOf("q4"));
    expect(await db().conversation.count()).toBe(2);
  });

  it("finds neither what is deleted nor what is somebody else's, and makes nothing", async () => {
    const { idOf } = await plantTree(actor, twoWays);
    const refused = { code: "not_found" };
    await expect(branchOff(await makeUser({ role: "admin" }), idOf("a1"))).rejects.toMatchObject(
      refused,
    );
    await deleteMessage(actor, idOf("a1"));
    await expect(branchOff(actor, idOf("q2"))).rejects.toMatchObject(refused);
    expect(await db().conversation.count()).toBe(1);
  });
});

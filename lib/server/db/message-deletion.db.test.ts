import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { chooseMessage } from "./branches";
import { db } from "./client";
import { getConversation } from "./conversations";
import { deleteMessage, purgeDeletedMessages, restoreMessage } from "./message-deletion";
import { makeUser, useTestDatabase } from "./testing";
import { findBrokenTrees, plantLongBranch, plantTree } from "./testing-tree";

useTestDatabase();

let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

afterEach(async () => {
  expect(await findBrokenTrees()).toEqual([]);
});

const threeAnswers = { q1: null, a1: "q1", b1: "q1", c1: "q1", q2: "b1", a2: "q2", q3: "c1" };

const deletedNames = async (nameOf: (id: string) => string) =>
  (
    await db().message.findMany({ where: { deletedAt: { not: null } }, orderBy: { id: "asc" } })
  ).map(({ id }) => nameOf(id));

describe("deleteMessage", () => {
  it("takes everything below with it, and goes on through the alternative before", async () => {
    const { idOf, nameOf, branch } = await plantTree(actor, threeAnswers);
    expect(await deleteMessage(actor, idOf("c1"))).toMatchObject({ isLive: false });
    expect(await deletedNames(nameOf)).toEqual(["c1", "q3"]);
    expect(await branch()).toEqual(["q1", "b1", "q2", "a2"]);
    await deleteMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "a1"]);
  });

  it("goes on through the alternative after when there is none before", async () => {
    const { idOf, branch } = await plantTree(actor, threeAnswers);
    await chooseMessage(actor, idOf("a1"));
    await deleteMessage(actor, idOf("a1"));
    expect(await branch()).toEqual(["q1", "b1", "q2", "a2"]);
    await chooseMessage(actor, idOf("q1"));
    expect(await branch()).toEqual(["q1", "b1", "q2", "a2"]);
  });

  it("ends above it when there is no alternative, and empties the conversation at its root", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, threeAnswers);
    await deleteMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "c1"]);
    await deleteMessage(actor, idOf("q1"));
    expect(await branch()).toEqual([]);
    expect(await getConversation(actor, conversationId)).toMatchObject({ activeLeafId: null });
  });

  it("leaves the branch on the screen alone when the message is on another", async () => {
    const { idOf, branch } = await plantTree(actor, threeAnswers);
    await deleteMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "c1", "q3"]);
    await expect(deleteMessage(actor, idOf("q2"))).rejects.toMatchObject({ code: "not_found" });
  });

  it("deletes nothing while an answer below it is being written", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, { ...threeAnswers, a3: "q3" });
    await db().message.update({ where: { id: idOf("a3") }, data: { status: "streaming" } });
    await db().conversation.update({
      where: { id: conversationId },
      data: { liveMessageIds: [idOf("a3")] },
    });
    await db().generation.create({
      data: {
        id: newId(),
        conversationId,
        messageId: idOf("a3"),
        userId: actor.userId,
        status: "streaming",
      },
    });
    expect(await deleteMessage(actor, idOf("c1"))).toEqual({ conversationId, isLive: true });
    expect(await branch()).toEqual(["q1", "c1", "q3", "a3"]);
    expect(await deleteMessage(actor, idOf("b1"))).toEqual({ conversationId, isLive: false });
    await restoreMessage(actor, idOf("b1"));
    expect(await branch()).toEqual(["q1", "c1", "q3", "a3"]);
  });

  it("does not touch what is somebody else's", async () => {
    const { idOf, nameOf } = await plantTree(actor, threeAnswers);
    const other = await makeUser({ role: "admin" });
    const refused = { code: "not_found" };
    await expect(deleteMessage(other, idOf("q1"))).rejects.toMatchObject(refused);
    await deleteMessage(actor, idOf("c1"));
    await expect(restoreMessage(other, idOf("c1"))).rejects.toMatchObject(refused);
    expect(await deletedNames(nameOf)).toEqual(["c1", "q3"]);
  });
});

describe("restoreMessage", () => {
  it("brings back exactly what went together, and shows it as it was", async () => {
    const { idOf, nameOf, branch } = await plantTree(actor, {
      ...threeAnswers,
      a3: "q3",
      b3: "q3",
      c3: "q3",
    });
    await chooseMessage(actor, idOf("a3"));
    await deleteMessage(actor, idOf("b3"));
    await deleteMessage(actor, idOf("c1"));
    expect(await branch()).toEqual(["q1", "b1", "q2", "a2"]);
    await restoreMessage(actor, idOf("c1"));
    expect(await branch()).toEqual(["q1", "c1", "q3", "a3"]);
    expect(await deletedNames(nameOf)).toEqual(["b3"]);
    await restoreMessage(actor, idOf("b3"));
    expect(await deletedNames(nameOf)).toEqual([]);
    expect(await branch()).toEqual(["q1", "c1", "q3", "b3"]);
  });

  it("brings back the whole of it from any message in it", async () => {
    const { idOf, nameOf, branch } = await plantTree(actor, threeAnswers);
    await deleteMessage(actor, idOf("q1"));
    await restoreMessage(actor, idOf("q2"));
    expect(await deletedNames(nameOf)).toEqual([]);
    expect(await branch()).toEqual(["q1", "c1", "q3"]);
  });

  it("is refused while what it follows is deleted itself, and changes nothing twice", async () => {
    const { idOf, branch } = await plantTree(actor, threeAnswers);
    await deleteMessage(actor, idOf("q3"));
    await deleteMessage(actor, idOf("c1"));
    await expect(restoreMessage(actor, idOf("q3"))).rejects.toMatchObject({ code: "conflict" });
    await restoreMessage(actor, idOf("c1"));
    await restoreMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "c1", "q3"]);
    await chooseMessage(actor, idOf("a1"));
    await restoreMessage(actor, idOf("q3"));
    expect(await branch()).toEqual(["q1", "a1"]);
  });
});

describe("in a conversation of 5,000 messages", () => {
  it("a deletion and its undoing take no longer than their rows, without statistics too", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 5000);
    const started = performance.now();
    await deleteMessage(actor, ids[1] ?? "");
    expect(await getConversation(actor, conversationId)).toMatchObject({ activeLeafId: ids[0] });
    await restoreMessage(actor, ids[1] ?? "");
    expect(await getConversation(actor, conversationId)).toMatchObject({
      activeLeafId: ids.at(-1),
    });
    // By joins with the whole table it takes ten seconds and more, by the indexes a tenth of one.
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe("purgeDeletedMessages", () => {
  it("removes for good what was deleted before, and leaves usage", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, threeAnswers);
    await db().generation.create({
      data: {
        id: newId(),
        conversationId,
        messageId: idOf("c1"),
        userId: actor.userId,
        status: "complete",
      },
    });
    await deleteMessage(actor, idOf("c1"));
    const system = { system: "test" };
    expect(await purgeDeletedMessages(system, new Date(Date.now() - 60_000))).toBe(0);
    expect(await purgeDeletedMessages(system, new Date(Date.now() + 1000))).toBe(2);
    await expect(restoreMessage(actor, idOf("c1"))).rejects.toMatchObject({ code: "not_found" });
    expect(await branch()).toEqual(["q1", "b1", "q2", "a2"]);
    expect(await db().generation.count()).toBe(1);
  });
});

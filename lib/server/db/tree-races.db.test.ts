import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { addEditedAnswer, chooseMessage } from "./branches";
import { db } from "./client";
import { testScope } from "./testing-tree";
import { deleteMessage, restoreMessage } from "./message-deletion";
import { openTurn, type OpenedTurn } from "./open-turn";
import { reopenAnswer } from "./reopen-answer";
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

const model = { id: "a-model", name: "m", label: "A model", providerId: "a-provider" };

type Ids = { questionId: string; answerId: string };

/** Opens a turn with a new question after `parentId`. */
function ask(conversationId: string, parentId: string | null, ids: Partial<Ids> = {}) {
  const { questionId = newId(), answerId = newId() } = ids;
  return openTurn(actor, {
    conversationId,
    userMessage: {
      id: questionId,
      parts: [{ type: "text", text: "?" }],
      tokenCounts: { o200k: 5, wide: 0, signs: 0 },
    },
    parentId,
    answers: [{ answerId, generationId: newId(), aliasId: "an-alias", model }],
    howMany: "all",
    title: "…",
    systemPrompt: undefined,
    parameters: undefined,
    contextPolicy: undefined,
    scope: testScope,
  });
}

/** Opens a turn that answers a question anew. */
function answerAnew(conversationId: string, questionId: string) {
  return openTurn(actor, {
    conversationId,
    userMessage: null,
    parentId: questionId,
    answers: [{ answerId: newId(), generationId: newId(), aliasId: "an-alias", model }],
    howMany: "all",
    title: "…",
    systemPrompt: undefined,
    parameters: undefined,
    contextPolicy: undefined,
    scope: testScope,
  });
}

function goOn(conversationId: string, answerId: string) {
  return reopenAnswer(actor, {
    conversationId,
    answerId,
    generationId: newId(),
    aliasId: "an-alias",
    model,
    scope: testScope,
  });
}

/** Ends what is being written. */
async function endAnswer(conversationId: string, status: "complete" | "stopped" = "complete") {
  await db().$transaction([
    db().generation.updateMany({ where: { conversationId }, data: { status } }),
    db().conversation.update({ where: { id: conversationId }, data: { liveMessageIds: [] } }),
    db().message.updateMany({ where: { conversationId, status: "streaming" }, data: { status } }),
  ]);
}

const opened = (turns: (OpenedTurn | object | null)[]) => turns.filter((turn) => turn !== null);

const tree = { q1: null, a1: "q1", q2: "a1", a2: "q2", b2: "q2" };

describe("at the same moment", () => {
  it("one of two edits of a question is answered, and nothing of the other is stored", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    for (const parentId of [null, idOf("a1")]) {
      const before = await db().message.count();
      const turns = await Promise.all([
        ask(conversationId, parentId),
        ask(conversationId, parentId),
      ]);
      expect(opened(turns)).toHaveLength(1);
      expect(await db().message.count()).toBe(before + 2);
      await endAnswer(conversationId);
    }
  });

  it("one of two continuations goes on", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    await db().message.update({ where: { id: idOf("b2") }, data: { status: "stopped" } });
    const turns = await Promise.all([1, 2, 3].map(() => goOn(conversationId, idOf("b2"))));
    expect(opened(turns)).toHaveLength(1);
    expect(await db().generation.count()).toBe(1);
  });

  it("an answer is continued or made anew, not both", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    await db().message.update({ where: { id: idOf("b2") }, data: { status: "length" } });
    const turns = await Promise.all([
      goOn(conversationId, idOf("b2")),
      answerAnew(conversationId, idOf("q2")),
    ]);
    expect(opened(turns)).toHaveLength(1);
  });

  it("a branch is chosen or deleted, in either order", async () => {
    for (let round = 0; round < 5; round++) {
      const { idOf, branch } = await plantTree(actor, tree);
      const [chosen] = await Promise.allSettled([
        chooseMessage(actor, idOf("a2")),
        deleteMessage(actor, idOf("a2")),
      ]);
      if (chosen.status === "rejected") expect(chosen.reason).toMatchObject({ code: "not_found" });
      expect(await branch()).toEqual(["q1", "a1", "q2", "b2"]);
    }
  });

  it("whatever is done to a tree, it stays whole", async () => {
    const { conversationId, idOf } = await plantTree(actor, {
      ...tree,
      q3: "b2",
      a3: "q3",
      b3: "q3",
    });
    const names = ["q1", "a1", "q2", "a2", "b2", "q3", "a3", "b3"];
    const refusals = new Set(["not_found", "conflict", "answer_in_progress", "invalid_input"]);
    const edit = { text: "Edited", tokenCounts: { o200k: 5, wide: 0, signs: 0 } };
    const deeds: ((id: string) => Promise<unknown>)[] = [
      (id) => chooseMessage(actor, id),
      (id) => deleteMessage(actor, id),
      (id) => restoreMessage(actor, id),
      (id) => addEditedAnswer(actor, id, edit),
      (id) => ask(conversationId, id),
      (id) => answerAnew(conversationId, id),
      () => endAnswer(conversationId, "stopped"),
      (id) => goOn(conversationId, id),
      () => endAnswer(conversationId),
    ];
    for (let round = 0; round < 12; round++) {
      const settled = await Promise.allSettled(
        Array.from({ length: 8 }, async (_, n) => {
          const name = names[(round * 5 + n * 3) % names.length] ?? "q1";
          await deeds[(round + n * 2) % deeds.length]?.(idOf(name));
        }),
      );
      for (const result of settled) {
        if (result.status === "rejected")
          expect(refusals).toContain((result.reason as { code?: string }).code);
      }
      expect(await findBrokenTrees()).toEqual([]);
    }
    await endAnswer(conversationId);
  });
});

// The embedded database has one connection, so nothing of this can happen there.
const hasConnections = inject("databaseTemplate").kind !== "pglite";
if (hasConnections)
  describe("while it waits for another", () => {
    /** Begins `waiter` while somebody else holds the conversation, and changes the tree before it goes on. */
    async function whileWaiting<Value>(
      conversationId: string,
      waiter: () => Promise<Value>,
      change: (
        tx: Parameters<Parameters<ReturnType<typeof db>["$transaction"]>[0]>[0],
      ) => Promise<unknown>,
    ): Promise<Value> {
      let waiting: Promise<Value> | undefined;
      await db().$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM conversations WHERE id = ${conversationId} FOR UPDATE`;
        waiting = waiter();
        // It is not looked at before the end of this transaction, so a refusal is nobody's yet.
        waiting.catch(() => undefined);
        await expect.poll(countWaiting).toBeGreaterThan(0);
        await change(tx);
      });
      if (waiting === undefined) throw new Error("nobody waited");
      return waiting;
    }

    async function countWaiting(): Promise<number> {
      await sleep(5);
      const rows = await db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return rows[0]?.count ?? 0;
    }

    it("a turn does not follow a message that was just deleted", async () => {
      const { conversationId, idOf } = await plantTree(actor, tree);
      const turn = await whileWaiting(
        conversationId,
        () => ask(conversationId, idOf("a2")),
        async (tx) => {
          await tx.message.update({ where: { id: idOf("a2") }, data: { deletedAt: new Date() } });
          await tx.conversation.update({
            where: { id: conversationId },
            data: { activeLeafId: idOf("b2") },
          });
        },
      );
      expect(turn).toBeNull();
    });

    it("a turn follows the leaf there is, not the one there was", async () => {
      const { conversationId, idOf, branch } = await plantTree(actor, tree);
      const answerId = newId();
      const questionId = newId();
      const turn = await whileWaiting(
        conversationId,
        () =>
          openTurn(actor, {
            conversationId,
            userMessage: {
              id: questionId,
              parts: [{ type: "text", text: "?" }],
              tokenCounts: { o200k: 5, wide: 0, signs: 0 },
            },
            parentId: undefined,
            answers: [{ answerId, generationId: newId(), aliasId: "an-alias", model }],
            howMany: "all",
            title: "…",
            systemPrompt: undefined,
            parameters: undefined,
            contextPolicy: undefined,
            scope: testScope,
          }),
        (tx) =>
          tx.conversation.update({
            where: { id: conversationId },
            data: { activeLeafId: idOf("a2") },
          }),
      );
      expect(turn?.followsLeaf).toBe(true);
      expect(await branch()).toEqual(["q1", "a1", "q2", "a2", questionId, answerId]);
    });

    it("a turn that comes right at the end of the answer before is opened", async () => {
      const { conversationId, idOf } = await plantTree(actor, tree);
      const answerId = newId();
      await ask(conversationId, idOf("b2"), { answerId });
      const turn = await whileWaiting(
        conversationId,
        () => ask(conversationId, answerId),
        async (tx) => {
          await tx.generation.updateMany({ data: { status: "complete" } });
          await tx.message.update({ where: { id: answerId }, data: { status: "complete" } });
          await tx.conversation.update({
            where: { id: conversationId },
            data: { liveMessageIds: [] },
          });
        },
      );
      expect(turn?.followsLeaf).toBe(true);
      await endAnswer(conversationId);
    });

    it("a deletion takes with it what was just added below", async () => {
      const { conversationId, idOf, branch } = await plantTree(actor, tree);
      const added = newId();
      await whileWaiting(
        conversationId,
        () => deleteMessage(actor, idOf("b2")),
        async (tx) => {
          await tx.message.create({
            data: {
              id: added,
              conversationId,
              parentId: idOf("b2"),
              role: "user",
              parts: [],
              status: "complete",
            },
          });
          await tx.conversation.update({
            where: { id: conversationId },
            data: { activeLeafId: added },
          });
        },
      );
      expect(await branch()).toEqual(["q1", "a1", "q2", "a2"]);
      await restoreMessage(actor, idOf("b2"));
      expect(await branch()).toEqual(["q1", "a1", "q2", "b2", added]);
    });

    it("a continuation is not of an answer that was just deleted", async () => {
      const { conversationId, idOf } = await plantTree(actor, tree);
      await db().message.update({ where: { id: idOf("b2") }, data: { status: "stopped" } });
      const turn = await whileWaiting(
        conversationId,
        () => goOn(conversationId, idOf("b2")),
        async (tx) => {
          await tx.message.update({ where: { id: idOf("b2") }, data: { deletedAt: new Date() } });
          await tx.conversation.update({
            where: { id: conversationId },
            data: { activeLeafId: idOf("a2") },
          });
        },
      );
      expect(turn).toBeNull();
    });
  });

import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { saveCheckpoints } from "./checkpoints";
import { db } from "./client";
import { makeAttempt } from "./testing-holds";
import { storeModel } from "./testing-models";
import { plantLongBranch, testScope } from "./testing-tree";
import { closeTurns, type TurnToClose } from "./close-turn";
import { closeAbandonedGenerations } from "./abandoned-generations";
import { openTurn } from "./open-turn";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const system = { system: "test" };
const provider = newId();
let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

/** Opens a turn, and says what closing it needs. */
async function open(extra: Partial<TurnToClose> = {}): Promise<TurnToClose> {
  const { conversationId = newId() } = extra;
  const answerId = newId();
  const generationId = newId();
  await openTurn(actor, {
    conversationId,
    userMessage: {
      id: newId(),
      parts: [{ type: "text", text: "Question" }],
      tokenCounts: { o200k: 12, wide: 0, signs: 0 },
    },
    parentId: undefined,
    answers: [
      {
        answerId,
        generationId,
        aliasId: newId(),
        model: { id: newId(), name: "model", label: "Model", providerId: provider },
      },
    ],
    howMany: "all",
    title: "Title",
    systemPrompt: undefined,
    parameters: undefined,
    contextPolicy: undefined,
    scope: testScope,
  });
  const now = new Date();
  return {
    userId: actor.userId,
    conversationId,
    answerId,
    generationId,
    parts: [{ type: "text", text: "The whole answer" }],
    outcome: { status: "complete", errorCode: null, errorDetails: null },
    tokenCounts: { o200k: 7, wide: 0, signs: 0 },
    plan: null,
    finishReason: "stop",
    attempts: [
      makeAttempt(generationId, {
        ...{ providerId: provider, price: null },
        usage: { inputTokens: 20, outputTokens: 3, source: "reported" },
        ...{ startedAt: now, headersAt: now, firstTokenAt: now, finishedAt: now },
      }),
    ],
    firstTokenAt: now,
    finishedAt: now,
    answeredBy: null,
    failover: null,
    kind: "answer",
    holdIds: [generationId],
    receiptId: answerId,
    ...extra,
  };
}

const checkpoint = (turn: TurnToClose, text: string | null, outputTokens = 2) =>
  saveCheckpoints(
    system,
    [
      {
        generationId: turn.generationId,
        userId: turn.userId,
        parts: text === null ? null : [{ type: "text", text }],
        inputTokens: 15,
        outputTokens,
      },
    ],
    [turn.generationId],
  );

const stored = async (turn: TurnToClose) => ({
  message: await db().message.findUniqueOrThrow({ where: { id: turn.answerId } }),
  generation: await db().generation.findUniqueOrThrow({ where: { id: turn.generationId } }),
  conversation: await db().conversation.findUniqueOrThrow({ where: { id: turn.conversationId } }),
  attempts: await db().attempt.findMany({ where: { generationId: turn.generationId } }),
});

describe("closing turns", () => {
  it("stores text, status and usage, and frees the conversation; twice changes nothing", async () => {
    const turn = await open();
    await closeTurns(system, [turn]);
    const first = await stored(turn);
    expect(first).toMatchObject({
      message: {
        status: "complete",
        parts: turn.parts,
        tokenCounts: { o200k: 7, wide: 0, signs: 0 },
      },
      generation: { status: "complete", inputTokens: 20, outputTokens: 3, finishReason: "stop" },
      conversation: { liveMessageIds: [] },
      attempts: [{ number: 1, inputTokens: 20, usageSource: "reported" }],
    });
    await closeTurns(system, [{ ...turn, parts: [] }]);
    expect(await stored(turn)).toEqual(first);
  });

  it("closes many at once, and none of somebody else's", async () => {
    const turns = await Promise.all([open(), open(), open()]);
    const foreign = { ...(await open()), userId: newId() };
    await closeTurns(system, [...turns, foreign]);
    for (const turn of turns) expect((await stored(turn)).message.status).toBe("complete");
    expect((await stored(foreign)).message.status).toBe("streaming");
  });

  it("overrules that it was given up for lost, and books it once", async () => {
    const turn = await open();
    await checkpoint(turn, "The whole");
    await closeAbandonedGenerations(system, -60_000);
    expect((await stored(turn)).attempts).toHaveLength(1);
    await closeTurns(system, [turn]);
    expect(await stored(turn)).toMatchObject({
      message: { status: "complete", parts: turn.parts, errorCode: null },
      generation: { status: "complete", usageSource: "reported" },
      attempts: [{ outcome: "answered", outputTokens: 3, usageSource: "reported" }],
    });
  });

  it("leaves the text to a newer generation that goes on with it", async () => {
    const turn = await open();
    await checkpoint(turn, "The whole");
    await closeAbandonedGenerations(system, -60_000);
    const { userId, conversationId, answerId } = turn;
    await db().generation.create({
      data: {
        id: newId(),
        kind: "continuation",
        conversationId,
        messageId: answerId,
        userId,
        status: "streaming",
      },
    });
    await db().message.update({ where: { id: answerId }, data: { status: "streaming" } });
    await db().conversation.update({
      where: { id: conversationId },
      data: { liveMessageIds: [answerId] },
    });
    await closeTurns(system, [turn]);
    expect(await stored(turn)).toMatchObject({
      message: { status: "streaming", parts: [{ type: "text", text: "The whole" }] },
      generation: { status: "complete", outputTokens: 3 },
      conversation: { liveMessageIds: [answerId] },
    });
  });

  it("waits for its place when others change the same rows at the same moment", async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => open()));
    const reversed = turns.toReversed();
    await Promise.all([
      closeTurns(system, turns),
      closeTurns(system, reversed),
      ...turns.map((turn) => checkpoint(turn, "half")),
    ]);
    for (const turn of turns)
      expect(await stored(turn)).toMatchObject({
        message: { status: "complete", parts: turn.parts },
        attempts: [{ number: 1 }],
      });
  });
});

describe("a checkpoint", () => {
  it("saves text, life and what was used so far", async () => {
    const turn = await open();
    await checkpoint(turn, "Half");
    const first = await stored(turn);
    expect(first).toMatchObject({
      message: { status: "streaming", parts: [{ type: "text", text: "Half" }] },
      generation: { inputTokens: 15, outputTokens: 2, usageSource: "estimated" },
    });
    await checkpoint(turn, null);
    const second = await stored(turn);
    expect(second.message.parts).toEqual([{ type: "text", text: "Half" }]);
    expect(second.generation.heartbeatAt.getTime()).toBeGreaterThan(
      first.generation.heartbeatAt.getTime(),
    );
  });

  it("changes nothing of an answer that has ended", async () => {
    const turn = await open();
    await closeTurns(system, [turn]);
    await checkpoint(turn, "late");
    expect((await stored(turn)).message.parts).toEqual(turn.parts);
  });

  it("tells which of the watched ones are to be stopped", async () => {
    const turn = await open();
    expect(await saveCheckpoints(system, [], [turn.generationId])).toEqual([]);
    await db().generation.updateMany({ data: { stopAskedAt: new Date() } });
    expect(await checkpoint(turn, null)).toEqual([turn.generationId]);
  });
});

describe("a generation that nobody writes any more", () => {
  it("is interrupted with the text that there is, and what it used is booked once", async () => {
    const turn = await open();
    await checkpoint(turn, "Half of it", 3);
    expect(await closeAbandonedGenerations(system, -60_000)).toBe(1);
    expect(await closeAbandonedGenerations(system, -60_000)).toBe(0);
    expect(await stored(turn)).toMatchObject({
      message: {
        status: "interrupted",
        errorCode: "server_restarted",
        parts: [{ type: "text", text: "Half of it" }],
      },
      generation: { status: "interrupted", inputTokens: 15, outputTokens: 3 },
      conversation: { liveMessageIds: [] },
      attempts: [
        {
          number: 1,
          outcome: "aborted",
          inputTokens: 15,
          outputTokens: 3,
          usageSource: "estimated",
        },
      ],
    });
  });

  it("has failed when it has no text, and used at least its question", async () => {
    const turn = await open();
    await closeAbandonedGenerations(system, -60_000);
    expect(await stored(turn)).toMatchObject({
      message: { status: "failed", errorCode: "server_restarted", parts: [] },
      generation: { status: "failed", inputTokens: 12, outputTokens: 0 },
      attempts: [{ inputTokens: 12, outputTokens: 0, usageSource: "estimated" }],
    });
  });

  it("used no more of a long history than its policy lets through, and its model holds", async () => {
    const { conversationId } = await plantLongBranch(actor, 100);
    const tokenCounts = { o200k: 10, wide: 0, signs: 0 };
    await db().message.updateMany({ where: { conversationId }, data: { tokenCounts } });
    const turn = await open({ conversationId });
    const where = { id: turn.generationId };
    const used = async () => {
      await db().generation.update({ where, data: { status: "streaming", inputTokens: null } });
      await closeAbandonedGenerations(system, -60_000);
      return (await db().generation.findUniqueOrThrow({ where })).inputTokens;
    };
    // The question, and ten rounds.
    expect(await used()).toBe(12 + 20 * 10);
    const { modelId } = await storeModel({ name: "m", baseUrl: "http://127.0.0.1:9" });
    await db().model.update({ where: { id: modelId }, data: { contextWindow: 100 } });
    await db().generation.update({ where, data: { modelId } });
    expect(await used()).toBe(100);
    const contextPolicy = { kind: "tokens", rounds: 10, tokens: 50 };
    await db().conversation.update({ where: { id: conversationId }, data: { contextPolicy } });
    expect(await used()).toBe(50);
  });

  it("is none that shows life, and none that this process writes", async () => {
    const alive = await open();
    const own = await open();
    await db().generation.update({
      where: { id: own.generationId },
      data: { heartbeatAt: new Date(Date.now() - 3_600_000) },
    });
    expect(await closeAbandonedGenerations(system, 60_000, [own.generationId])).toBe(0);
    for (const turn of [alive, own]) expect((await stored(turn)).message.status).toBe("streaming");
    expect(await closeAbandonedGenerations(system, 60_000)).toBe(1);
  });
});

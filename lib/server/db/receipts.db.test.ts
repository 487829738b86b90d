import { beforeEach, describe, expect, it } from "vitest";
import type { CallKind, PriceVersion } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { newId } from "../ids";
import { readAnswerUsage } from "./answer-usage";
import { db } from "./client";
import { findMessages } from "./messages";
import { readReceipt } from "./receipts";
import { settleCalls, type BookedAttempt } from "./settle-calls";
import { makeAttempt } from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const yuan: PriceVersion = {
  ...{ id: "yuan", currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...{ cachedInputMicros: 500_000, reasoningMicros: 16_000_000 },
  validFrom: "2026-01-01T00:00:00.000Z",
};
const dollars: PriceVersion = {
  ...{ ...yuan, id: "dollars", currency: "USD", inputMicros: 150_000, outputMicros: 600_000 },
  ...{ cachedInputMicros: null, reasoningMicros: null },
};
const used = { inputTokens: 1_000, outputTokens: 100, source: "reported" } as const;

let actor: Actor;
let conversationId = "";
let questionId = "";
let answerId = "";

beforeEach(async () => {
  actor = await makeUser();
  [conversationId, questionId] = [newId(), newId()];
  await db().conversation.create({
    data: { id: conversationId, userId: actor.userId, title: "Money" },
  });
  await storeMessage({ id: questionId, role: "user" });
  answerId = await storeAnswer();
  await db().conversation.update({
    where: { id: conversationId },
    data: { activeLeafId: answerId },
  });
});

const storeMessage = (given: {
  id: string;
  role: "user" | "assistant";
  parentId?: string;
  candidateGroup?: string;
  status?: "complete" | "length" | "streaming";
}) =>
  db().message.create({
    data: { conversationId, status: "complete", parts: [{ type: "text", text: "Hi" }], ...given },
  });

/** An answer with the generation that wrote it. */
async function storeAnswer(candidateGroup?: string, id = newId()): Promise<string> {
  const inGroup = candidateGroup === undefined ? {} : { candidateGroup };
  await storeMessage({ id, role: "assistant", parentId: questionId, ...inGroup });
  await storeGeneration(id);
  return id;
}

const callOf = (messageId: string) => `call of ${messageId}`;

const storeGeneration = (messageId: string, data: { contextPlan?: object } = {}) =>
  db().generation.create({
    data: {
      ...{ id: callOf(messageId), conversationId, messageId, userId: actor.userId },
      ...{ status: "complete", ...data },
    },
  });

const attempt = (given: Partial<CallAttempt>): CallAttempt =>
  makeAttempt(callOf(answerId), {
    ...{ providerName: "Deep", modelName: "deep-1", price: yuan, usage: used, ...given },
  });

/** Books requests of a call, and ends its hold. */
async function book(
  attempts: readonly Partial<CallAttempt>[],
  of: Partial<BookedAttempt> & { kind?: CallKind } = {},
): Promise<void> {
  const booked = attempts.map((given, at) => ({
    attempt: attempt({ callNumber: at + 1, number: at + 1, ...given }),
    ...{ userId: actor.userId, kind: "answer" as const, conversationId, answerId, ...of },
  }));
  await settleCalls({ system: "test" }, { holdIds: [], booked });
}

/** What the page of messages says of an answer, which must be what its receipt says. */
async function readUsage(id = answerId) {
  const { messages } = await findMessages(actor, conversationId, { limit: 30 });
  const ofPage = messages.find((message) => message.id === id);
  const { totals, calls } = await readReceipt(actor, id);
  const isUsed = calls.some(({ requests }) => requests.some(({ source }) => source !== null));
  const expected = isUsed ? totals : null;
  expect(await readAnswerUsage(actor, id)).toEqual(expected);
  if (ofPage !== undefined) expect(ofPage.usage).toEqual(expected);
  return expected;
}

describe("a receipt", () => {
  it("has the request that wrote the answer, with tokens, price and cost", async () => {
    await book([{ usage: { ...used, cachedTokens: 400, reasoningTokens: 60 } }]);
    const receipt = await readReceipt(actor, answerId);
    expect(receipt).toMatchObject({
      isOpen: false,
      calls: [
        {
          ...{ kind: "answer", sharedBy: 1 },
          requests: [
            {
              ...{ number: 1, provider: "Deep", model: "deep-1", payer: "team" },
              ...{ outcome: "answered", errorCode: null, source: "reported", price: yuan },
              ...{ inputTokens: 1_000, cachedTokens: 400, outputTokens: 100, reasoningTokens: 60 },
              // 600 at 2, 400 at 0.5, 40 at 8, 60 at 16.
              cost: { currency: "CNY", micros: 2_680 },
            },
          ],
        },
      ],
    });
    expect(await readUsage()).toEqual({
      ...{ inputTokens: 1_000, outputTokens: 100, unpriced: 0, isEstimated: false },
      costs: [{ currency: "CNY", micros: 2_680 }],
    });
  });

  it("has every try and every model that was asked, each currency by itself", async () => {
    const failed = { outcome: "failed", errorCode: "provider_failed" } as const;
    await book([
      { ...failed, usage: null },
      { ...failed, usage: { ...used, outputTokens: 0, source: "estimated" } },
      { modelId: "m2", modelName: "other", providerName: "Second", price: dollars },
    ]);
    const { calls } = await readReceipt(actor, answerId);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.requests).toMatchObject([
      { number: 1, outcome: "failed", errorCode: "provider_failed", source: null, cost: null },
      { number: 2, source: "estimated", cost: { currency: "CNY", micros: 2_000 } },
      { number: 3, model: "other", provider: "Second", cost: { currency: "USD", micros: 210 } },
    ]);
    expect(await readUsage()).toEqual({
      ...{ inputTokens: 2_000, outputTokens: 100, unpriced: 0, isEstimated: true },
      costs: [
        { currency: "CNY", micros: 2_000 },
        { currency: "USD", micros: 210 },
      ],
    });
  });

  it("has what went on with the answer, and what it caused without being seen", async () => {
    await book([{ callId: "summary" }], { kind: "summary" });
    await book([{}]);
    await storeGenerationOf("more");
    await book([{ callId: "more" }], { kind: "continuation" });
    const { calls } = await readReceipt(actor, answerId);
    expect(calls.map(({ kind }) => kind)).toEqual(["answer", "continuation", "summary"]);
    expect((await readUsage())?.costs).toEqual([{ currency: "CNY", micros: 3 * 2_800 }]);
  });

  it("says that a price is unknown, and never that it costs nothing", async () => {
    await book([{ price: null }]);
    const { calls } = await readReceipt(actor, answerId);
    expect(calls[0]?.requests[0]).toMatchObject({ price: null, cost: null });
    expect(await readUsage()).toMatchObject({ unpriced: 1, costs: [] });
  });

  it("knows a price of nothing from an unknown one", async () => {
    await book([{ price: { ...yuan, inputMicros: 0, outputMicros: 0 } }]);
    expect(await readUsage()).toMatchObject({
      ...{ unpriced: 0, costs: [{ currency: "CNY", micros: 0 }] },
    });
  });

  it("says who paid where it was the member's own key", async () => {
    await book([{ payer: "member" }]);
    const { calls } = await readReceipt(actor, answerId);
    expect(calls[0]?.requests[0]).toMatchObject({ payer: "member", cost: { micros: 2_800 } });
    await readUsage();
  });

  it("forgets what was booked for a process that died, once the truth is known", async () => {
    const guess = { usage: { ...used, inputTokens: 9_999, source: "estimated" as const } };
    await book([{ ...guess, price: null }], { isProvisional: true });
    expect(await readUsage()).toMatchObject({ inputTokens: 9_999, unpriced: 1, isEstimated: true });
    await book([{}]);
    const { calls } = await readReceipt(actor, answerId);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.requests).toMatchObject([{ inputTokens: 1_000, source: "reported" }]);
    expect(await readUsage()).toEqual({
      ...{ inputTokens: 1_000, outputTokens: 100, unpriced: 0, isEstimated: false },
      costs: [{ currency: "CNY", micros: 2_800 }],
    });
    expect(await db().ledgerEntry.count()).toBe(3);
  });

  it("keeps the price of its moment, the names of then, and the label of now", async () => {
    await book([{}]);
    const before = await readReceipt(actor, answerId);
    const provider = { id: "p", name: "Renamed", kind: "openai-compatible", baseUrl: "http://x" };
    await db().provider.create({
      data: { ...provider, models: { create: { id: "m", name: "deep-1", label: "Deep One" } } },
    });
    await db().price.create({
      data: { id: newId(), modelId: "m", currency: "USD", inputMicros: 1n, outputMicros: 1n },
    });
    const after = await readReceipt(actor, answerId);
    const [request] = after.calls[0]?.requests ?? [];
    expect(request).toEqual({ ...before.calls[0]?.requests[0], model: "Deep One" });
    expect(request?.provider).toBe("Deep");
    expect(after.totals).toEqual(before.totals);
  });

  it("is open while the answer is written or a call of it is not settled", async () => {
    await db().message.update({ where: { id: answerId }, data: { status: "streaming" } });
    expect((await readReceipt(actor, answerId)).isOpen).toBe(true);
    await db().message.update({ where: { id: answerId }, data: { status: "complete" } });
    const hold = { userId: actor.userId, groupIds: [], lines: [], estimate: {}, first: {} };
    await db().hold.create({ data: { ...hold, id: "summing", kind: "summary", answerId } });
    expect((await readReceipt(actor, answerId)).isOpen).toBe(true);
    await db().hold.update({ where: { id: "summing" }, data: { endedAt: new Date() } });
    expect(await readReceipt(actor, answerId)).toMatchObject({ isOpen: false, calls: [] });
  });

  it("is empty for an answer that nobody was asked for", async () => {
    expect(await readReceipt(actor, answerId)).toMatchObject({ calls: [], isOpen: false });
    expect(await readUsage()).toBeNull();
  });

  it("is nobody else's, and no question's", async () => {
    await book([{}]);
    const notFound = { code: "not_found" };
    await expect(readReceipt(await makeUser(), answerId)).rejects.toMatchObject(notFound);
    expect(await readAnswerUsage(await makeUser(), answerId)).toBeNull();
    await expect(readReceipt(actor, questionId)).rejects.toMatchObject(notFound);
    await expect(readReceipt(actor, "none")).rejects.toMatchObject(notFound);
  });

  it("goes with its conversation, and the books stay", async () => {
    await book([{}]);
    await db().conversation.update({
      where: { id: conversationId },
      data: { deletedAt: new Date() },
    });
    await expect(readReceipt(actor, answerId)).rejects.toMatchObject({ code: "not_found" });
    await db().conversation.delete({ where: { id: conversationId } });
    expect(await db().ledgerEntry.count()).toBe(1);
  });
});

const storeGenerationOf = (id: string) =>
  db().generation.create({
    data: {
      ...{ id, conversationId, messageId: answerId, userId: actor.userId },
      ...{ kind: "continuation", status: "complete" },
    },
  });

describe("answers that were asked for together", () => {
  it("each have their own call, where each had one", async () => {
    const group = newId();
    const [first, second] = [await storeAnswer(group, group), await storeAnswer(group)];
    await book([{ callId: callOf(first) }], { answerId: first });
    await book([{ callId: callOf(second), price: dollars }], { answerId: second });
    await book([{ callId: "summary" }], { answerId: first, kind: "summary" });
    const kinds = async (id: string) =>
      (await readReceipt(actor, id)).calls.map(({ kind, sharedBy }) => [kind, sharedBy]);
    expect(await kinds(first)).toEqual([
      ["answer", 1],
      ["summary", 1],
    ]);
    expect(await kinds(second)).toEqual([["answer", 1]]);
    expect((await readUsage(second))?.costs).toEqual([{ currency: "USD", micros: 210 }]);
    await readUsage(first);
  });

  it("share the one call that brought them, and say by how many", async () => {
    const group = newId();
    const ids = [
      await storeAnswer(group, group),
      await storeAnswer(group),
      await storeAnswer(group),
    ];
    await book([{ callId: "shared" }], { answerId: group });
    // One that had nothing in it was asked for again by itself.
    const [, , third = ""] = ids;
    await book([{ callId: callOf(third) }], { answerId: third });
    for (const id of ids) {
      const { calls } = await readReceipt(actor, id);
      expect(calls[0]?.sharedBy).toBe(3);
      expect(calls).toHaveLength(id === third ? 2 : 1);
      await readUsage(id);
    }
  });
});

describe("an answer that a budget kept short", () => {
  it("says so in the page of messages, where it ended at that", async () => {
    const budgetLimit = { tokens: 300, budget: "Team" };
    const read = async () =>
      (await findMessages(actor, conversationId, { limit: 5 })).messages.at(-1)?.budgetLimit;
    expect(await read()).toBeNull();
    await db().generation.update({
      where: { id: callOf(answerId) },
      data: { contextPlan: { budgetLimit } },
    });
    expect(await read()).toBeNull();
    await db().message.update({ where: { id: answerId }, data: { status: "length" } });
    expect(await read()).toEqual(budgetLimit);
  });
});

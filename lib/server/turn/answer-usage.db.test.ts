import { describe, expect, it } from "vitest";
import { chatTurnSchema, type AnswerChunk } from "@/lib/contracts/chat";
import { addUp } from "@/lib/domain/ledger/receipt";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { readReceipt } from "../db/receipts";
import { storePrice } from "../db/testing-holds";
import { newId } from "../ids";
import { useSummaries } from "../summaries/testing-summaries";
import { streamTurn } from "./stream-turn";
import { lastOf, readChunks } from "./testing-turns";

const summaries = useSummaries();
const { turns, submit } = summaries;

/** Makes this the one model, and says what it costs. */
async function useModel(name: string, card: object = {}): Promise<string> {
  const modelId = await summaries.useModel(name);
  await db().model.updateMany({ data: { card } });
  await storePrice(modelId);
  return modelId;
}

/** What the stream's end says, which has to be what the page and the receipt say. */
async function expectTrue(id: string, chunks: AnswerChunk[]) {
  const { usage, figures } = lastOf(chunks);
  const answer = (await findMessages(turns.actor, id, { limit: 10 })).messages.at(-1);
  const { totals, calls, isOpen } = await readReceipt(turns.actor, answer?.id ?? "");
  expect(isOpen).toBe(false);
  expect(usage).toEqual(totals);
  expect(answer?.usage).toEqual(totals);
  return { totals, calls, figures };
}

describe("the end of an answer", () => {
  it("says what its receipt says, to the micro-unit", async () => {
    await useModel("plain");
    const id = newId();
    const chunks = await readChunks(await submit(id, "What does this cost?"));
    const { totals, figures } = await expectTrue(id, chunks);
    const { inputTokens, outputTokens } = totals;
    const micros = inputTokens * 2 + outputTokens * 8;
    expect(totals.costs).toEqual([{ currency: "CNY", micros }]);
    expect(figures).toMatchObject({ inputTokens, outputTokens, cost: { currency: "CNY", micros } });
  });

  it("counts what was written before, where it went on", async () => {
    await useModel("length");
    const id = newId();
    const first = await expectTrue(id, await readChunks(await submit(id, "Tell me all")));
    await useModel("plain");
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    const messageId = messages.at(-1)?.id;
    const turn = chatTurnSchema.parse({ id, trigger: "continue-message", messageId });
    const { totals, calls } = await expectTrue(
      id,
      await readChunks(await streamTurn(turns.actor, turn)),
    );
    expect(calls.map(({ kind }) => kind)).toEqual(["answer", "continuation"]);
    expect(totals.inputTokens).toBeGreaterThan(first.totals.inputTokens);
  });

  it("counts the summary that it waited for", async () => {
    const id = await summaries.begin(20);
    await summaries.tell(id, 1, 8, "with some words around it ".repeat(20));
    await useModel("sums");
    await db().model.updateMany({ data: { contextWindow: 2_000 } });
    const { usage } = lastOf((await summaries.say(id, "What was FACT-1?")).chunks);
    const answer = (await findMessages(turns.actor, id, { limit: 50 })).messages.at(-1);
    const { calls } = await readReceipt(turns.actor, answer?.id ?? "");
    expect(calls.slice(0, 2).map(({ kind }) => kind)).toEqual(["answer", "summary"]);
    // A later one may be booked already, before or after the answer's end was told.
    const sums = calls.map((_, at) =>
      addUp(calls.slice(0, at + 1).flatMap(({ requests }) => requests)),
    );
    expect(sums.slice(1)).toContainEqual(usage);
  });

  it("says nothing of money where nothing was used", async () => {
    await useModel("error-401");
    const id = newId();
    expect(lastOf(await readChunks(await submit(id, "Hm"))).usage).toBeNull();
    const answer = (await findMessages(turns.actor, id, { limit: 10 })).messages.at(-1);
    const { calls, totals } = await readReceipt(turns.actor, answer?.id ?? "");
    expect(calls[0]?.requests).toMatchObject([{ outcome: "failed", source: null, cost: null }]);
    expect(totals.costs).toEqual([]);
  });
});

describe("several answers by one call", () => {
  it("have that call on each receipt, and say how many share it", async () => {
    await useModel("plain", { parameters: { n: "yes" } });
    const id = newId();
    const settings = { parameters: { n: 3 } };
    await (await submit(id, "Three of them", { settings })).text();
    const isFree = async () =>
      (await db().conversation.findUniqueOrThrow({ where: { id } })).liveMessageIds;
    await expect.poll(isFree).toEqual([]);
    const group = await db().message.findMany({ where: { role: "assistant" } });
    expect(group).toHaveLength(3);
    for (const answer of group) {
      const { calls } = await readReceipt(turns.actor, answer.id);
      expect(calls.filter(({ sharedBy }) => sharedBy === 3)).toHaveLength(1);
    }
  });
});

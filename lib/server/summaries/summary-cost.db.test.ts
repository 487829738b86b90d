import { describe, expect, it } from "vitest";
import { db } from "../db/client";
import { useSummaries } from "./testing-summaries";

const { turns, begin, tell, useModel, findSummaries, summaryRequests, chatRequests } =
  useSummaries();

const sumInput = async (kind: string) => {
  const { _sum } = await db().generation.aggregate({
    _sum: { inputTokens: true },
    where: { kind },
  });
  return _sum.inputTokens ?? 0;
};

const words = "and that is what was said about it at some length, with all that belongs to it ";

describe("a hundred turns with a summary", () => {
  it("keep the last rounds word for word on every turn, and summarise for less than they cost", async () => {
    const id = await begin(4);
    await tell(id, 1, 100, words.repeat(4));
    for (const [at, { messages }] of chatRequests().entries()) {
      // Every turn names its own fact and those of the four rounds before it.
      const sent = messages.filter(({ role }) => role === "user").map(({ content }) => content);
      for (let fact = Math.max(1, at - 3); fact <= at + 1; fact++)
        expect(sent.some((text) => text.startsWith(`FACT-${String(fact)}:`))).toBe(true);
      // What is not there word for word is in the summary.
      const told = new Set(
        messages
          .map(({ content }) => content)
          .join()
          .match(/FACT-\d+/g),
      );
      expect(told.size).toBe(at + 1);
    }
    const [answers, summaries] = [await sumInput("answer"), await sumInput("summary")];
    expect(summaryRequests().length).toBeLessThan(60);
    expect(summaries).toBeGreaterThan(0);
    expect(summaries).toBeLessThan(answers / 2);
    const rows = await findSummaries(id);
    // Each stands for more than the one before: nothing is summarised twice.
    const covered = rows.map(({ coveredCount }) => coveredCount);
    expect(covered).toEqual([...new Set(covered)].toSorted((one, other) => one - other));
    const asked = summaryRequests().map(({ messages }) => messages.at(-1)?.content ?? "");
    const turns = asked.flatMap((text) => text.match(/User: FACT-\d+:/g) ?? []);
    expect(new Set(turns).size).toBe(turns.length);
  }, 180_000);
});

describe("a model whose window is smaller than anybody knew", () => {
  it("is never given a part of what its summary is to stand for", async () => {
    const id = await begin(1);
    await useModel("sums@3000");
    await tell(id, 1, 12, "some words for the window to be too small for ".repeat(20));
    const rows = await findSummaries(id);
    const [first, last] = [rows[0], rows.at(-1)];
    expect(first?.text).toContain("FACT-1 FACT-2");
    for (let fact = 1; fact <= 10; fact++) expect(last?.text).toContain(`FACT-${String(fact)}`);
    // Every request is in the books, also those that were refused.
    expect(await db().attempt.count()).toBe(turns.provider.requests().length);
    for (const { messages } of summaryRequests().slice(-3))
      expect(messages.at(-1)?.content).not.toContain("left out");
  }, 60_000);
});

describe("a long conversation that gets a summary late", () => {
  it("is taken in by bounded calls, a few for each turn", async () => {
    const id = await begin(2);
    await db().conversation.update({
      where: { id },
      data: { contextPolicy: { kind: "window", rounds: 2, tokens: 32_000 } },
    });
    await tell(id, 1, 12, "one giant message of many words ".repeat(500));
    expect(summaryRequests()).toEqual([]);
    await db().conversation.update({
      where: { id },
      data: { contextPolicy: { kind: "summary", rounds: 2, tokens: 32_000 } },
    });
    await tell(id, 13, 13);
    expect(summaryRequests()).toHaveLength(3);
    await tell(id, 14, 17);
    const generations = await db().generation.findMany({ where: { kind: "summary" } });
    for (const { inputTokens } of generations) expect(inputTokens).toBeLessThan(10_000);
    const told = (await findSummaries(id)).at(-1)?.text.match(/FACT-\d+/g) ?? [];
    expect(told).toContain("FACT-12");
    expect(told).toContain("FACT-1");
  }, 120_000);
});

import { describe, expect, it } from "vitest";
import { findCostMicros } from "@/lib/domain/ledger/cost";
import { testPrice } from "../db/testing-holds";
import { events, useWire } from "./testing-wire";

const { wire, ask } = useWire();

const say = (content: string) => ({ choices: [{ index: 0, delta: { content } }] });
const finish = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
const report = (usage: unknown) => ({ choices: [], usage }) as never;

/** What is booked of "Well, hello." where the provider says so much of its usage. */
async function book(reports: unknown[], contextWindow: number | null = 8_000, n = 1) {
  wire.answer = () => events(say("Well, hello."), finish, ...reports.map(report), "[DONE]");
  const { attempt, error } = await ask("m", { model: { contextWindow, price: testPrice }, n });
  expect(error).toBeNull();
  return attempt?.usage;
}

const good = { prompt_tokens: 12, completion_tokens: 5 };
const own = { inputTokens: 7, outputTokens: 4, source: "estimated" };

describe("what is booked of a request", () => {
  it.each([
    ["nothing", []],
    ["an empty report", [{}]],
    ["a text", ["12 tokens"]],
    ["negative counts", [{ prompt_tokens: -5, completion_tokens: -5 }]],
    ["zero of everything", [{ prompt_tokens: 0, completion_tokens: 0 }]],
    ["more than any window", [{ prompt_tokens: 99_000_000, completion_tokens: 5 }]],
    ["more than its window", [{ prompt_tokens: 12, completion_tokens: 16_001 }]],
    ["what no number is", [{ prompt_tokens: 1e300, completion_tokens: null }]],
  ])("is our own count where it reports %s", async (_, reports) => {
    expect(await book(reports)).toEqual(own);
  });

  it("is our own count where the window is unknown and it reports more than any has", async () => {
    expect(await book([{ prompt_tokens: 12, completion_tokens: 4_000_001 }], null)).toEqual(own);
    expect(await book([good], null)).toMatchObject({ source: "reported" });
  });

  it("is estimated where only one of the two is reported", async () => {
    expect(await book([{ prompt_tokens: 12 }])).toEqual({ ...own, inputTokens: 12 });
    expect(await book([{ completion_tokens: 5 }])).toEqual({ ...own, outputTokens: 5 });
  });

  it.each([
    ["once", [good]],
    ["twice", [good, good]],
    ["in text", [{ prompt_tokens: "12", completion_tokens: "5" }]],
    ["and then again, broken", [good, { prompt_tokens: -1, completion_tokens: null }]],
    ["with each piece", [{ prompt_tokens: 12, completion_tokens: 1 }, good]],
  ])("is what it reports %s, once", async (_, reports) => {
    expect(await book(reports)).toEqual({ inputTokens: 12, outputTokens: 5, source: "reported" });
  });

  it("may be more than the window where several answers were asked for", async () => {
    const large = { prompt_tokens: 12, completion_tokens: 40_000 };
    expect(await book([large], 8_000, 4)).toMatchObject({ source: "reported" });
    expect(await book([large], 8_000, 1)).toMatchObject({ source: "estimated" });
  });

  it("has cached and reasoning tokens at prices of their own", async () => {
    const usage = await book([
      { ...good, prompt_cache_hit_tokens: 10, completion_tokens_details: { reasoning_tokens: 3 } },
    ]);
    expect(usage).toMatchObject({ cachedTokens: 10, reasoningTokens: 3, source: "reported" });
    const price = { ...testPrice, cachedInputMicros: 100_000, reasoningMicros: 16_000_000 };
    expect(findCostMicros(usage ?? own, price)).toBe(4 + 1 + 16 + 48);
  });
});

import { describe, expect, it } from "vitest";
import { eventsOfDocument, readPlainDelta, repairEvent, repairUsage } from "./repair-event";

const event = (delta: unknown, rest: object = {}) => ({
  id: "1",
  choices: [{ index: 0, delta, finish_reason: null }],
  ...rest,
});

describe("repairUsage", () => {
  it("reads numbers in strings, and drops what can be no count", () => {
    expect(
      repairUsage({ prompt_tokens: "12", completion_tokens: -5, total_tokens: 1.5 }),
    ).toMatchObject({ prompt_tokens: 12, completion_tokens: null, total_tokens: null });
  });

  it("makes details of any shape harmless", () => {
    expect(
      repairUsage({
        prompt_tokens_details: "none",
        completion_tokens_details: { reasoning_tokens: "7" },
      }),
    ).toMatchObject({
      prompt_tokens_details: null,
      completion_tokens_details: { reasoning_tokens: 7 },
    });
    expect(repairUsage("lots")).toBeNull();
  });
});

describe("repairEvent", () => {
  it("gives an event without choices an empty list, but leaves an error alone", () => {
    expect(repairEvent({ prompt_filter_results: [] })).toMatchObject({ choices: [] });
    expect(repairEvent({ error: { message: "x" } })).toEqual({ error: { message: "x" } });
  });
});

describe("readPlainDelta", () => {
  it("is the text of an event that brings only text", () => {
    expect(readPlainDelta(event({ content: "hi" }))).toBe("hi");
    expect(readPlainDelta(event({ role: "assistant", content: "hi", tool_calls: null }))).toBe(
      "hi",
    );
  });

  it.each([
    ["reasoning beside it", event({ content: "hi", reasoning_content: "hm" })],
    [
      "a finish reason",
      { choices: [{ index: 0, delta: { content: "a" }, finish_reason: "stop" }] },
    ],
    ["usage", event({ content: "hi" }, { usage: { prompt_tokens: 1 } })],
    ["another candidate", { choices: [{ index: 1, delta: { content: "b" } }] }],
    ["no text", event({ content: "" })],
    ["parts", event({ content: [{ type: "text", text: "hi" }] })],
  ])("is null with %s", (_, given) => {
    expect(readPlainDelta(given)).toBeNull();
  });
});

describe("eventsOfDocument", () => {
  it("turns one JSON answer into a stream's events", () => {
    const events = eventsOfDocument({
      id: "1",
      choices: [{ message: { role: "assistant", content: "whole" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    });
    expect(events).toHaveLength(2);
    expect(events?.[0]).toMatchObject({ choices: [{ delta: { content: "whole" } }] });
    expect(events?.[1]).toMatchObject({ choices: [{ finish_reason: "stop" }] });
  });

  it("knows what is none", () => {
    expect(eventsOfDocument({ hello: "world" })).toBeNull();
    expect(eventsOfDocument("<html>")).toBeNull();
  });
});

import { expect, it } from "vitest";
import { eventsOfDocument } from "./document-events";

it("turns one JSON answer into a stream's events", () => {
  const events = eventsOfDocument({
    id: "1",
    choices: [{ message: { role: "assistant", content: "whole" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  });
  expect(events).toMatchObject([
    { choices: [{ delta: { content: "whole" } }] },
    { choices: [{ finish_reason: "stop" }], usage: { prompt_tokens: 1 } },
  ]);
});

it("passes an error on, of whatever form", () => {
  for (const document of [{ error: { message: "x" } }, { error: "x" }, { code: 1, message: "x" }])
    expect(eventsOfDocument(document)).toEqual([document]);
});

it("knows what is no answer", () => {
  for (const document of [
    { hello: "world" },
    "<html>",
    null,
    [],
    { choices: [] },
    { choices: [{}] },
  ])
    expect(eventsOfDocument(document)).toBeNull();
});

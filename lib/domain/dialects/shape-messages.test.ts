import { describe, expect, it } from "vitest";
import { findRoleComplaint } from "@/e2e/provider/roles";
import { providerKinds } from "@/lib/contracts/providers";
import type { Json } from "../chat-completions/json";
import type { RequestMessage } from "./shape-messages";
import { shape } from "./testing-dialect";

const use = {
  id: "call_1",
  name: "find_ship",
  arguments: '{"name":"Ada"}',
  result: "In the harbour.",
};
const system: RequestMessage = { role: "system", text: "Be brief." };
const question: RequestMessage = { role: "user", text: "Where is it?" };
const found: RequestMessage = { role: "assistant", text: "There.", toolUses: [use] };
const thanks: RequestMessage = { role: "user", text: "Thanks." };

type Given = Parameters<typeof shape>[3];
const messagesOf = (given: Given, kind: (typeof providerKinds)[number] = "openai-compatible") =>
  shape(kind, "some-model", {}, given).body["messages"] as Json[];

describe("the messages of a request", () => {
  it.each(providerKinds)("begin with the user and alternate in every dialect: %s", (kind) => {
    for (const systemRole of ["system", "developer", "none"] as const)
      for (const tools of ["yes", "no", "unknown"] as const)
        for (const messages of [
          [question],
          [system, question, found, thanks],
          [system, question, { role: "assistant" as const, text: "A." }, thanks],
        ]) {
          const card = { systemRole, capabilities: { tools }, source: "admin" as const };
          const sent = messagesOf({ messages, card }, kind);
          const request = { model: "m", messages: sent as { role: string; content: string }[] };
          expect([systemRole, tools, findRoleComplaint(request)]).toEqual([
            systemRole,
            tools,
            null,
          ]);
        }
  });

  it("keep the instructions of a model that takes none, whoever speaks first", () => {
    const card = { systemRole: "none" as const, source: "admin" as const };
    expect(messagesOf({ messages: [system, question], card })).toEqual([
      { role: "user", content: "Be brief.\n\nWhere is it?" },
    ]);
    expect(
      messagesOf({
        messages: [system, found],
        card: { ...card, capabilities: { tools: "no" } },
      })[0],
    ).toEqual({ role: "user", content: "Be brief." });
  });

  it("hold the use of a tool whole, before the words that came of it", () => {
    expect(messagesOf({ messages: [question, found, thanks] })).toEqual([
      { role: "user", content: "Where is it?" },
      {
        role: "assistant",
        content: "",
        tool_calls: [
          {
            id: "call_1",
            type: "function",
            function: { name: "find_ship", arguments: '{"name":"Ada"}' },
          },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "In the harbour." },
      { role: "assistant", content: "There." },
      { role: "user", content: "Thanks." },
    ]);
  });

  it("tell it in words to a model without tools", () => {
    const card = { capabilities: { tools: "no" as const }, source: "admin" as const };
    expect(messagesOf({ messages: [question, found], card })[1]).toEqual({
      role: "assistant",
      content: 'find_ship({"name":"Ada"})\nIn the harbour.\n\nThere.',
    });
  });

  it("give thoughts back with the calls that they led to", () => {
    const card = {
      reasoningBack: "always" as const,
      reasoningField: "reasoning_content" as const,
      source: "admin" as const,
    };
    const [, calls, , words] = messagesOf({
      messages: [question, { ...found, reasoning: "Let me look." }],
      card,
    });
    expect(calls).toMatchObject({ reasoning_content: "Let me look." });
    expect(words).toEqual({ role: "assistant", content: "There." });
  });
});

describe("the limit of an answer", () => {
  const limitOf = (wanted: number | undefined, given: { room?: number | null; most?: number }) => {
    const { body, leftOut } = shape(
      "vllm",
      "some-model",
      wanted === undefined ? {} : { maxOutputTokens: wanted },
      {
        ...(given.most === undefined ? {} : { maxOutputTokens: given.most }),
        outputRoom: given.room ?? null,
      },
    );
    return [body["max_tokens"], leftOut.map(({ reason }) => reason)];
  };

  it("is at most what the prompt leaves of the window, and the model's own", () => {
    expect(limitOf(5_000, { room: 1_200 })).toEqual([1_200, ["only_some_values"]]);
    expect(limitOf(5_000, { room: 9_000, most: 4_000 })).toEqual([4_000, ["only_some_values"]]);
    expect(limitOf(5_000, { room: 9_000 })).toEqual([5_000, []]);
    expect(limitOf(5_000, { room: null })).toEqual([5_000, []]);
    expect(limitOf(5_000, { room: 0 })).toEqual([1, ["only_some_values"]]);
  });

  it("is not sent where nobody asked for one", () => {
    expect(limitOf(undefined, { room: 1_200, most: 4_000 })).toEqual([undefined, []]);
  });
});

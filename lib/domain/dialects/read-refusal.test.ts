import { describe, expect, it } from "vitest";
import { emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import type { Json } from "../chat-completions/json";
import { correctCard } from "./correct-card";
import { readRefusal, type RefusedField } from "./read-refusal";

const sent: Json = {
  model: "m",
  messages: [],
  max_tokens: 10,
  temperature: 0.2,
  stop: ["END"],
  seed: 1,
  n: 2,
  stream: true,
  stream_options: { include_usage: true },
  response_format: { type: "json_object" },
  reasoning_effort: "minimal",
};

const openai = (message: string, param: string | null = null, code: string | null = null) => ({
  error: { message, type: "invalid_request_error", param, code },
});

describe("readRefusal", () => {
  it.each<[string, unknown, RefusedField]>([
    [
      "DashScope speaks of JSON mode while a model thinks",
      {
        code: "InvalidParameter",
        message: "Json mode response is not supported when enable_thinking is true",
      },
      "response_format",
    ],
    [
      "OpenAI names the parameter",
      openai(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "max_tokens",
        "unsupported_parameter",
      ),
      "max_tokens",
    ],
    [
      "OpenAI refuses a value",
      openai(
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        "temperature",
        "unsupported_value",
      ),
      "temperature",
    ],
    [
      "OpenAI names a place within a field",
      openai("'response_format.type' is not supported", "response_format.type"),
      "response_format",
    ],
    ["older Azure", openai("Unrecognized request argument supplied: seed"), "seed"],
    [
      "FastAPI says where",
      {
        detail: [
          {
            type: "extra_forbidden",
            loc: ["body", "stream_options"],
            msg: "Extra inputs are not permitted",
          },
        ],
      },
      "stream_options",
    ],
    [
      "Mistral says where, one level deeper",
      {
        object: "error",
        message: { detail: [{ type: "extra_forbidden", loc: ["body", "seed"], msg: "Extra" }] },
        type: "invalid_request_error",
      },
      "seed",
    ],
    ["words", { error: "stream_options is not supported by this server" }, "stream_options"],
    ["a field that is also a word", { message: "Unknown field: 'stop'" }, "stop"],
    [
      "Chinese words",
      { code: 20015, message: "当前模型不支持 reasoning_effort 参数" },
      "reasoning_effort",
    ],
    ["text", 'json: unknown field "seed"', "seed"],
    ["a letter", { code: "InvalidParameter", message: "n must be 1 when thinking" }, "n"],
    [
      "a role",
      openai("Unsupported value: 'messages[0].role' does not support 'system' with this model."),
      "role",
    ],
    ["a template without instructions", { message: "System role not supported" }, "role"],
  ])("reads: %s", (_name, body, field) => {
    expect(readRefusal(body, sent)).toEqual({ field, isOfValue: false });
    expect(readRefusal(JSON.stringify(body), sent)).toEqual({ field, isOfValue: false });
  });

  it.each<[string, unknown, RefusedField]>([
    [
      "OpenAI",
      openai("max_tokens is too large: 99999. This model supports at most 4096.", "max_tokens"),
      "max_tokens",
    ],
    [
      "Ark",
      { error: { code: "InvalidParameter", param: "temperature", message: "in [0, 1]" } },
      "temperature",
    ],
    [
      "FastAPI",
      {
        detail: [
          { loc: ["body", "temperature"], msg: "Input should be less than or equal to 1.5" },
        ],
      },
      "temperature",
    ],
    ["words", "Invalid value for stop_count: 'stop' has too many entries", "stop"],
  ])("tells a value from a field: %s", (_name, body, field) => {
    expect(readRefusal(body, sent)).toEqual({ field, isOfValue: true });
  });

  it.each<[string, unknown]>([
    ["a conversation that is too long", openai("maximum context length is 8192", "messages")],
    ["a filter", openai("The response was filtered", "prompt", "content_filter")],
    ["a field that was not sent", openai("Unsupported parameter: 'logprobs'", "logprobs")],
    ["no field", openai("Bad request")],
    [
      "somebody's own schema, written wrongly",
      openai("Invalid schema for response_format 'x': 'objct' is not valid.", "response_format"),
    ],
    ["a word that is no field", { message: "Invalid parameter, please stop doing that" }],
    ["a field in a sentence about something else", { message: "Lower the temperature to go on" }],
    ["a page", "<html>400 Bad Request</html>"],
    ["nothing", ""],
  ])("makes nothing of: %s", (_name, body) => {
    expect(readRefusal(body, sent)).toBeNull();
  });
});

describe("correctCard", () => {
  const correct = (
    field: RefusedField,
    given: Partial<Parameters<typeof correctCard>[2]> & { isOfValue?: boolean } = {},
    card: CapabilityCard = emptyCard,
  ) => {
    const { isOfValue = false, ...rest } = given;
    return correctCard(card, { field, isOfValue }, { sent, words: "", already: [], ...rest });
  };

  it("takes the limit's other name, and none when that is refused too", () => {
    const once = correct("max_tokens");
    expect(once.outputLimitField).toBe("max_completion_tokens");
    expect(correct("max_completion_tokens", { already: ["max_tokens"] }, once).parameters).toEqual({
      maxOutputTokens: "no",
    });
  });

  it("does not look for another name of a limit that was only too high", () => {
    expect(correct("max_tokens", { isOfValue: true })).toEqual({
      ...emptyCard,
      parameters: { maxOutputTokens: "no" },
    });
  });

  it("keeps to the efforts that a refusal names", () => {
    const words =
      "Unsupported value: 'minimal'. Supported values are: 'none', 'low', 'medium', and 'high'.";
    expect(correct("reasoning_effort", { words }).reasoningEfforts).toEqual([
      "none",
      "low",
      "medium",
      "high",
    ]);
    expect(correct("reasoning_effort").parameters).toEqual({ reasoningEffort: "no" });
    expect(
      correct("reasoning_effort", { words, already: ["reasoning_effort"] }).parameters,
    ).toEqual({ reasoningEffort: "no" });
  });

  it("steps down from schemas to JSON, and from JSON to words", () => {
    const schema = { ...sent, response_format: { type: "json_schema" } };
    expect(correct("response_format", { sent: schema }).capabilities).toEqual({ jsonSchema: "no" });
    expect(correct("response_format").capabilities).toEqual({ json: "no" });
  });

  it("knows that a model which fixes its temperature fixes all sampling", () => {
    const words = "Only the default (1) value is supported.";
    expect(correct("temperature", { words }).parameters).toEqual({
      temperature: "no",
      topP: "no",
      frequencyPenalty: "no",
      presencePenalty: "no",
    });
    expect(correct("seed", { words }).parameters).toEqual({ seed: "no" });
  });

  it("changes the rest as it is named", () => {
    expect(correct("stream_options").capabilities).toEqual({ usageInStream: "no" });
    expect(correct("temperature").parameters).toEqual({ temperature: "no" });
    expect(correct("enable_thinking").parameters).toEqual({ reasoningEffort: "no" });
    expect(correct("role").systemRole).toBe("none");
    expect(correct("role", {}, { ...emptyCard, systemRole: "developer" }).systemRole).toBe(
      "system",
    );
  });
});

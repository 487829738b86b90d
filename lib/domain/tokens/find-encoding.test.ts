import { describe, expect, it } from "vitest";
import { findEncoding } from "./find-encoding";

describe("findEncoding", () => {
  it.each([
    "gpt-4o",
    "gpt-4o-mini-2024-07-18",
    "openai/gpt-4.1-nano",
    "gpt-5",
    "gpt-5-mini",
    "GPT-5.2-chat-latest",
    "o1",
    "o3-mini",
    "o4-mini-2025-04-16",
    "chatgpt-4o-latest",
    "openrouter/openai/gpt-oss-120b",
    "gpt-oss:20b",
    "ft:gpt-4o-mini-2024-07-18:team::8fJ3",
  ])("knows that %s counts by o200k", (name) => {
    expect(findEncoding(name)).toBe("o200k");
  });

  it.each([
    "gpt-4",
    "gpt-4-0613",
    "gpt-4-turbo-2024-04-09",
    "gpt-4-1106-preview",
    "gpt-3.5-turbo",
    "gpt-35-turbo-16k",
    "openai/gpt-3.5-turbo-0125",
  ])("knows that %s counts by cl100k", (name) => {
    expect(findEncoding(name)).toBe("cl100k");
  });

  it.each([
    "qwen-plus",
    "deepseek-chat",
    "o1x",
    "gpt-4all",
    "gpt-2",
    "gpt-6",
    "my-gpt-4o",
    "ooo",
    "",
  ])("does not guess what %j counts by", (name) => {
    expect(findEncoding(name)).toBeNull();
  });
});

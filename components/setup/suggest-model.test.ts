import { describe, expect, it } from "vitest";
import { isChatModel, sortModels, suggestModel } from "./suggest-model";

describe("the proposed model", () => {
  it("is a quick everyday one where the provider has one", () => {
    const openai = ["whisper-1", "gpt-4o", "gpt-5", "gpt-5-mini", "gpt-5.2-mini", "dall-e-3"];
    expect(suggestModel(openai)).toBe("gpt-5.2-mini");
    expect(suggestModel(["deepseek-reasoner", "deepseek-chat"])).toBe("deepseek-chat");
    expect(suggestModel(["nomic-embed-text", "llama3.2:3b"])).toBe("llama3.2:3b");
  });

  it("is the first one that chats where none is known", () => {
    expect(suggestModel(["text-embedding-x", "our-model", "other"])).toBe("our-model");
  });

  it("is the first of all where none seems to chat, and none where there is none", () => {
    expect(suggestModel(["bge-m3", "tts-1"])).toBe("bge-m3");
    expect(suggestModel([])).toBeNull();
  });
});

describe("the list of models", () => {
  it("puts models that chat first, numbers in order, each once", () => {
    expect(sortModels(["tts-1", "m-10", "m-9", "m-9", "bge-m3"])).toEqual([
      "m-9",
      "m-10",
      "bge-m3",
      "tts-1",
    ]);
  });

  it("tells chatting models from others by name", () => {
    expect(["text-embedding-3-small", "gpt-4o-mini-tts", "gpt-image-1"].some(isChatModel)).toBe(
      false,
    );
    expect(["gpt-4o", "qwen-plus", "llama3"].every(isChatModel)).toBe(true);
  });
});

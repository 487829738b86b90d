import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contracts/messages";
import { findLost } from "./candidate-group";
import { testMessage } from "./testing-messages";

const answer = (id: string, status: Message["status"], text = ""): Message =>
  testMessage({
    id,
    role: "assistant",
    status,
    candidateGroup: "first",
    parts: text === "" ? [] : [{ type: "text", text }],
  });

function lostOf(answers: Message[], after: Message[] = []) {
  const candidates = answers.map((message) => ({
    message,
    modelId: null,
    generationId: null,
    figures: null,
    retry: null,
  }));
  const question = testMessage({ id: "question", role: "user" });
  const shown = answers.slice(0, 1);
  return findLost({ groupId: "first", candidates }, [question, ...shown, ...after])?.id ?? null;
}

describe("answers side by side of which nothing came", () => {
  it("can be asked for again, in the place of the one that the conversation ends with", () => {
    expect(lostOf([answer("first", "failed"), answer("second", "failed")])).toBe("first");
    expect(lostOf([answer("first", "failed"), answer("second", "stopped")])).toBe("first");
  });

  it("are not lost while one is being written, or has words", () => {
    expect(lostOf([answer("first", "failed"), answer("second", "streaming")])).toBeNull();
    expect(lostOf([answer("first", "failed"), answer("second", "interrupted", "Half")])).toBeNull();
  });

  it("are left alone once the conversation went on", () => {
    const next = testMessage({ id: "next", role: "user" });
    expect(lostOf([answer("first", "failed"), answer("second", "failed")], [next])).toBeNull();
  });
});

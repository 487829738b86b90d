import { describe, expect, it } from "vitest";
import type { AnswerPart } from "@/lib/contracts/messages";
import { decideOutcome, type AnswerFinish } from "./outcome";

const text: AnswerPart[] = [{ type: "text", text: "Some words" }];
const reasoningOnly: AnswerPart[] = [{ type: "reasoning", text: "Hm." }];
const finished = (reason: AnswerFinish) => ({ kind: "finished", reason }) as const;

describe("decideOutcome", () => {
  it("calls an answer complete only with a finish reason and text", () => {
    expect(decideOutcome(finished("stop"), text).status).toBe("complete");
    expect(decideOutcome(finished("none"), text)).toMatchObject({
      status: "interrupted",
      errorCode: "connection_lost",
    });
  });

  it("never stores an empty answer as complete, not even after reasoning", () => {
    for (const parts of [[], reasoningOnly, [{ type: "text" as const, text: " \n" }]]) {
      expect(decideOutcome(finished("stop"), parts)).toMatchObject({
        status: "failed",
        errorCode: "empty_answer",
      });
    }
  });

  it("says what an empty answer had instead of text", () => {
    const detailsOf = (reason: AnswerFinish, parts: AnswerPart[]) =>
      decideOutcome(finished(reason), parts).errorDetails;
    expect(detailsOf("stop", reasoningOnly)).toEqual({ had: "reasoning" });
    expect(detailsOf("tool-calls", [])).toEqual({ had: "tools" });
    expect(detailsOf("stop", [])).toBeNull();
  });

  it("calls a filter that is told as an error by its name", () => {
    const failure = { kind: "failed", code: "answer_filtered", details: { status: 400 } } as const;
    expect(decideOutcome(failure, []).status).toBe("filtered");
    expect(decideOutcome(failure, text).status).toBe("filtered");
  });

  it("tells a cut at the limit and a filter apart", () => {
    expect(decideOutcome(finished("length"), text).status).toBe("length");
    expect(decideOutcome(finished("length"), []).errorCode).toBe("empty_answer");
    expect(decideOutcome(finished("content-filter"), []).status).toBe("filtered");
  });

  it("keeps what came before a failure, as interrupted", () => {
    const failure = { kind: "failed", code: "provider_failed", details: {} } as const;
    expect(decideOutcome(failure, text).status).toBe("interrupted");
    expect(decideOutcome(failure, []).status).toBe("failed");
  });

  it("tells the user's stop from the server's", () => {
    expect(decideOutcome({ kind: "aborted", by: "user_stop" }, []).status).toBe("stopped");
    expect(decideOutcome({ kind: "aborted", by: "shutdown" }, text)).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
    });
    expect(decideOutcome({ kind: "aborted", by: "shutdown" }, []).status).toBe("failed");
  });
});

import { describe, expect, it } from "vitest";
import { readKeptTurn } from "./kept-turn";

const older = {
  userId: "user",
  conversationId: "conversation",
  answerId: "answer",
  generationId: "generation",
  parts: [{ type: "text", text: "An answer" }],
  outcome: { status: "complete", errorCode: null, errorDetails: null },
  tokenCounts: { o200k: 2, wide: 0, signs: 0 },
  plan: null,
  finishReason: "stop",
  attempts: [
    {
      number: 2,
      providerId: "provider",
      modelId: "model",
      modelName: "name",
      keyId: null,
      outcome: "answered",
      httpStatus: 200,
      errorCode: null,
      usage: { inputTokens: 3, outputTokens: 2, source: "reported" },
      leftOut: [],
      startedAt: "2026-11-01T00:00:00.000Z",
      headersAt: null,
      firstTokenAt: null,
      finishedAt: "2026-11-01T00:00:01.000Z",
    },
  ],
  firstTokenAt: null,
  finishedAt: "2026-11-01T00:00:01.000Z",
  answeredBy: null,
  failover: null,
};

describe("a turn that waited in a file", () => {
  it("is read also when an earlier release wrote it, with what that did not know", () => {
    expect(readKeptTurn(older)).toMatchObject({
      kind: "answer",
      holdIds: [],
      receiptId: "answer",
      attempts: [{ callId: "generation", callNumber: 2, payer: "team", price: null }],
    });
  });

  it("keeps what this release wrote", () => {
    const [attempt] = older.attempts;
    const written = {
      ...older,
      kind: "continuation",
      holdIds: ["hold"],
      receiptId: "first",
      attempts: [{ ...attempt, callId: "call", callNumber: 1, providerName: "P", payer: "member" }],
    };
    expect(readKeptTurn(written)).toMatchObject({
      kind: "continuation",
      holdIds: ["hold"],
      receiptId: "first",
      attempts: [{ callId: "call", callNumber: 1, number: 2, payer: "member" }],
    });
  });

  it("is refused where it is none", () => {
    expect(() => readKeptTurn({ answerId: "answer" })).toThrow();
  });
});

import { describe, expect, test } from "vitest";
import { judge, type Evidence } from "./invariants";
import type { AttemptRow, GenerationRow, MessageRow, Rows } from "./rows";

const question: MessageRow = {
  id: "question",
  conversationId: "talk",
  parentId: null,
  role: "user",
  parts: [{ type: "text", text: "What?" }],
  status: "complete",
  errorCode: null,
  isEdited: false,
  isDeleted: false,
};
const answer: MessageRow = {
  ...question,
  id: "answer",
  parentId: "question",
  role: "assistant",
  parts: [
    { type: "reasoning", text: "Hm." },
    { type: "text", text: "That." },
  ],
};
const generation: GenerationRow = {
  id: "generation",
  kind: "answer",
  conversationId: "talk",
  messageId: "answer",
  status: "complete",
  inputTokens: 9,
  outputTokens: 2,
};
const attempt: AttemptRow = {
  generationId: "generation",
  number: 1,
  outcome: "answered",
  errorCode: null,
  httpStatus: 200,
  inputTokens: 9,
  outputTokens: 2,
  usageSource: "reported",
  hasContent: true,
};
const rows: Rows = {
  conversations: [{ id: "talk", activeLeafId: "answer", liveMessageIds: [] }],
  messages: [question, answer],
  generations: [generation],
  attempts: [attempt],
  booked: [{ conversationId: "talk", requests: 1, inputTokens: 9, outputTokens: 2 }],
  holds: [],
  sums: [
    { source: "ledger", sum: "1 9 0 2 0 0" },
    { source: "days", sum: "1 9 0 2 0 0" },
    { source: "hours", sum: "1 9 0 2 0 0" },
  ],
};
const evidence: Evidence = {
  conversationId: "talk",
  sent: [{ id: "question", text: "What?", isAcknowledged: true, answersAsked: 1 }],
  shown: [{ messageId: "answer", text: "That." }],
  callCount: 1,
  unseenCalls: 0,
  wasKilled: false,
};

function kinds(changes: Partial<Rows>, otherwise: Partial<Evidence> = {}): string[] {
  const { attempts = rows.attempts } = changes;
  const sum = (key: "inputTokens" | "outputTokens") =>
    attempts.reduce((total, one) => total + (one[key] ?? 0), 0);
  const tokens = { inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") };
  // Unless said otherwise the ledger says the same.
  const booked = [{ conversationId: "talk", requests: attempts.length, ...tokens }];
  const found = judge({ ...evidence, ...otherwise }, { ...rows, booked, ...changes });
  return found.map(({ invariant, kind }) => `${invariant} ${kind}`);
}

function withAnswer(change: Partial<MessageRow>): Partial<Rows> {
  return { messages: [question, { ...answer, ...change }] };
}

test("a conversation in order has no violation, and other conversations do not matter", () => {
  expect(kinds({})).toEqual([]);
  const foreign = { ...question, id: "foreign", conversationId: "another" };
  expect(kinds({ messages: [...rows.messages, foreign] })).toEqual([]);
});

describe("what was typed", () => {
  test("is lost when it is not stored, or not as it was typed", () => {
    expect(kinds({ messages: [] })).toContain("I1 lost");
    const changed = { ...question, parts: [{ type: "text" as const, text: "Wha" }] };
    expect(kinds({ messages: [changed, answer] })).toEqual(["I1 lost"]);
  });

  test("may be missing when the server never took it", () => {
    const [sent] = evidence.sent;
    const refused = sent === undefined ? [] : [{ ...sent, isAcknowledged: false }];
    const nothing = { conversations: [], messages: [], generations: [], attempts: [] };
    expect(kinds(nothing, { sent: refused, shown: [], callCount: 0 })).toEqual([]);
  });

  test("is duplicated when it is stored a second time", () => {
    const again = { ...question, id: "again", parentId: "answer" };
    expect(kinds({ messages: [question, answer, again] })).toEqual(["I2 duplicated"]);
  });
});

describe("an answer", () => {
  test("is duplicated when there are two for one question", () => {
    const twin = { ...answer, id: "twin" };
    const twins = {
      messages: [question, answer, twin],
      generations: [generation, { ...generation, id: "other", messageId: "twin" }],
      attempts: [attempt, { ...attempt, generationId: "other" }],
    };
    expect(kinds(twins, { callCount: 2 })).toEqual(["I2 duplicated"]);
  });

  test("is lost when a question has none", () => {
    expect(kinds({ messages: [question] }, { shown: [] })).toContain("I2 lost");
  });

  test("may not stream for ever, be blank, or fail without a reason", () => {
    expect(kinds(withAnswer({ status: "streaming" }))).toEqual(["I3 other"]);
    expect(kinds({ generations: [{ ...generation, status: "streaming" }] })).toEqual(["I3 other"]);
    const blank = withAnswer({ parts: [{ type: "reasoning", text: "Hm." }] });
    expect(kinds(blank, { shown: [] })).toEqual(["I3 lost"]);
    const failed = withAnswer({ status: "failed", parts: [] });
    expect(kinds(failed, { shown: [] })).toEqual(["I7 other"]);
    const cut = withAnswer({ status: "interrupted", parts: [] });
    expect(kinds(cut, { shown: [] })).toEqual(["I3 other"]);
  });

  test("holds all that a reader saw; a crash may cost its last words only", () => {
    const shown = [{ messageId: "answer", text: "That. And more." }];
    expect(kinds({}, { shown })).toEqual(["I4 lost"]);
    expect(kinds({}, { shown, wasKilled: true })).toEqual([]);
    const long = [{ messageId: "answer", text: `That.${"x".repeat(501)}` }];
    expect(kinds({}, { shown: long, wasKilled: true })).toEqual(["I4 lost"]);
    const other = [{ messageId: "answer", text: "Those." }];
    expect(kinds({}, { shown: other, wasKilled: true })).toEqual(["I4 lost"]);
  });
});

describe("the books", () => {
  test("say what the attempts say, and their sums the same", () => {
    expect(kinds({ booked: [] })).toEqual(["I5 usage"]);
    const twice = { conversationId: "talk", requests: 2, inputTokens: 18, outputTokens: 4 };
    expect(kinds({ booked: [twice] })).toEqual(["I5 usage"]);
    const [ledger, days] = rows.sums;
    if (ledger === undefined || days === undefined) throw new Error("no sums");
    expect(kinds({ sums: [ledger, days, { source: "hours", sum: "1 9 0 3 0 0" }] })).toEqual([
      "I5 usage",
    ]);
  });

  test("hold nothing at rest", () => {
    expect(kinds({ holds: [{ id: "hold", conversationId: "talk" }] })).toEqual(["I6 usage"]);
    expect(kinds({ holds: [{ id: "hold", conversationId: "another" }] })).toEqual([]);
  });
});

describe("usage", () => {
  test("is wrong when a request is not booked, or one is booked that nobody made", () => {
    expect(kinds({}, { callCount: 2 })).toEqual(["I5 usage"]);
    expect(kinds({}, { callCount: 0 })).toEqual(["I5 usage"]);
    expect(kinds({}, { callCount: 0, unseenCalls: 1 })).toEqual([]);
  });

  test("is wrong when an answer was begun anew after something of it had come", () => {
    const cut = { ...attempt, outcome: "failed", inputTokens: 0, outputTokens: 0 };
    const attempts = [cut, { ...attempt, number: 2 }];
    expect(kinds({ attempts }, { callCount: 2 })).toEqual(["I5 duplicated"]);
    const before = { ...cut, hasContent: false };
    expect(kinds({ attempts: [before, { ...attempt, number: 2 }] }, { callCount: 2 })).toEqual([]);
  });

  test("is whole tokens of a known source that add up", () => {
    for (const wrong of [
      { outputTokens: -5 },
      { outputTokens: 1.5 },
      { outputTokens: 1e12 },
      { outputTokens: null },
      { usageSource: "guessed" },
      { usageSource: null },
      { number: 2 },
    ])
      expect(kinds({ attempts: [{ ...attempt, ...wrong }] }), JSON.stringify(wrong)).toContain(
        "I5 usage",
      );
    expect(kinds({ generations: [{ ...generation, inputTokens: 8 }] })).toEqual(["I5 usage"]);
  });

  test("of a refused request is nothing", () => {
    const usage = { inputTokens: null, outputTokens: null, usageSource: null };
    const refused = { ...attempt, ...usage, outcome: "failed", hasContent: false };
    const none = { ...generation, inputTokens: null, outputTokens: null };
    expect(kinds({ attempts: [refused], generations: [none] })).toEqual([]);
  });
});

test("at rest nothing is live, and the tree hangs together", () => {
  const [conversation] = rows.conversations;
  if (conversation === undefined) throw new Error("There is no conversation.");
  const live = { ...conversation, liveMessageIds: ["answer"] };
  expect(kinds({ conversations: [live] })).toEqual(["I3 other"]);
  const lost = { ...conversation, activeLeafId: "nowhere" };
  expect(kinds({ conversations: [lost] })).toEqual(["I2 other"]);
  const orphan = { messages: [{ ...question, isDeleted: true }, answer] };
  expect(kinds(orphan)).toEqual(["I2 other"]);
});

import { describe, expect, it, vi } from "vitest";
import type { StoredPlan } from "@/lib/contracts/context";
import type { MessageStatus } from "@/lib/contracts/messages";
import { noteServerTime } from "../server-clock";
import { applyChunks } from "./answer-reducer";
import {
  answerStream,
  metadata,
  posts,
  refusal,
  settled,
  setUp,
  texts,
} from "./testing-conversation";
import { testBranch, testMessage } from "./testing-messages";
import { testPlan } from "./testing-plan";

describe("an answer whose connection is lost", () => {
  it("is followed again from its start, without losing text", async () => {
    const { store, calls } = setUp({
      postTurn: [() => answerStream("message-1", "Hello wor")],
      followAnswer: [
        () => {
          throw refusal("offline");
        },
        () => answerStream("message-1", "Hello world", "complete"),
      ],
    });
    store.send("Hi", null);
    await settled(store);
    expect(texts(store.get())).toEqual(["Hi", "Hello world"]);
    expect(posts(calls)).toHaveLength(1);
  });

  it("is read from the database when it has ended meanwhile", async () => {
    const [user] = testBranch("message-1");
    const answer = testMessage({
      id: "answer-1",
      parentId: "message-1",
      role: "assistant",
      status: "interrupted",
      errorCode: "server_restarted",
      parts: [{ type: "text", text: "Hello w" }],
    });
    const { store } = setUp({
      postTurn: [() => answerStream("message-1", "Hello wor")],
      followAnswer: [() => null],
      readMessages: [() => ({ messages: [user, answer], before: null, after: null })],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get().messages.at(-1)).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
    });
  });

  it("is waited for while the database still calls it streaming", async () => {
    const answer = (status: MessageStatus) =>
      testMessage({ id: "a2", parentId: "u2", role: "assistant", status });
    const page = (status: MessageStatus) => () => ({
      messages: [...testBranch("u1", "a1", "u2"), answer(status)],
      before: null,
      after: null,
    });
    const { store } = setUp(
      {
        followAnswer: [() => null],
        readMessages: [page("streaming"), page("streaming"), page("interrupted")],
      },
      { isSaved: true, messages: [...testBranch("u1", "a1", "u2"), answer("streaming")] },
    );
    await store.resumeIfLive();
    expect(store.get().turn.phase).toBe("idle");
    expect(store.get().messages.at(-1)?.status).toBe("interrupted");
  });

  it("is waited for since the question where the page was opened in the middle", async () => {
    // By the clock of this browser it is 1970.
    noteServerTime("Fri, 01 May 2026 12:00:00 GMT", 0);
    const createdAt = "2026-05-01T11:59:30.500Z";
    const waiting = { id: "answer-1", parentId: "message-1", role: "assistant" } as const;
    const last = testMessage({ ...waiting, status: "streaming", createdAt });
    const { store } = setUp(
      { followAnswer: [() => answerStream("message-1", "", "complete")] },
      { isSaved: true, messages: [...testBranch("message-1"), last] },
    );
    const since: number[] = [];
    store.subscribe(() => {
      const { turn } = store.get();
      if (turn.phase === "answering") since.push(turn.sinceMs);
    });
    await store.resumeIfLive();
    expect(since).not.toEqual([]);
    expect(new Set(since)).toEqual(new Set([-30_000]));
  });

  it("is given up with a word when one is signed out", async () => {
    const { store } = setUp({
      postTurn: [() => answerStream("message-1", "Hel")],
      followAnswer: [
        () => {
          throw refusal("unauthorized");
        },
      ],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get().notice?.code).toBe("unauthorized");
    expect(texts(store.get())).toEqual(["Hi", "Hel"]);
  });
});

describe("an answer that the server could not store yet", () => {
  const [user] = testBranch("message-1");
  const stored = (status: MessageStatus, text: string) => () => ({
    messages: [
      user,
      testMessage({
        id: "answer-1",
        parentId: "message-1",
        role: "assistant",
        status,
        parts: [{ type: "text", text }],
      }),
    ],
    before: null,
    after: null,
  });

  it("keeps its text, and says so, until it is stored", async () => {
    const seen: unknown[] = [];
    const { store, calls } = setUp({
      postTurn: [() => answerStream("message-1", "Whole", "complete", { isSaved: false })],
      readMessages: [
        () => {
          throw refusal("database_unavailable");
        },
        stored("streaming", "Who"),
        stored("complete", "Whole"),
      ],
    });
    store.subscribe(() => {
      if (store.get().unsavedId !== null) seen.push(store.get().messages.at(-1)?.parts);
    });
    store.send("Hi", null);
    await vi.waitUntil(() => calls.length === 4);
    await vi.waitUntil(() => store.get().unsavedId === null);
    expect(new Set(seen.map((parts) => JSON.stringify(parts)))).toEqual(
      new Set([JSON.stringify([{ type: "text", text: "Whole" }])]),
    );
    expect(store.get().turn.phase).toBe("idle");
    expect(texts(store.get())).toEqual(["text of message-1", "Whole"]);
  });
});

describe("looking for news", () => {
  it("takes no page that is older than what was done here meanwhile", async () => {
    const page = (...ids: string[]) => ({
      messages: testBranch(...ids),
      before: null,
      after: null,
    });
    const opened = setUp(
      {
        readMessages: [
          () => {
            opened.store.patch({ messages: testBranch("u1", "version-1") });
            return page("u1", "version-2");
          },
          () => page("u1", "version-1", "u2"),
        ],
      },
      { isSaved: true, messages: testBranch("u1", "version-2") },
    );
    const seen: string[] = [];
    opened.store.subscribe(() => seen.push(opened.store.get().messages[1]?.id ?? ""));
    await opened.store.refresh();
    expect(new Set(seen)).toEqual(new Set(["version-1"]));
    expect(opened.store.get().messages).toHaveLength(3);
  });
});

describe("an answer for which something was left out", () => {
  const plan: StoredPlan = {
    modelLabel: "Plain",
    window: 8_000,
    policy: { kind: "rounds", rounds: 10, tokens: 8_000 },
    parts: testPlan().parts,
    inputTokens: 1_100,
    keptCount: 2,
    shortenedCount: 0,
    leftOutCount: 4,
    firstSentId: null,
    pinnedIds: [],
    excludedIds: [],
    summaryId: null,
    isCutAgain: true,
    budgetLimit: null,
  };

  it("is known when the provider found it too long and more was left out", async () => {
    const { store } = setUp({
      postTurn: [() => answerStream("message-1", "Hello", "complete", { plan })],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get().cutAgainIds).toEqual(["answer-1"]);
  });

  it("is not noted where all went as planned", async () => {
    const asPlanned = { ...plan, isCutAgain: false };
    const { store } = setUp({
      postTurn: [() => answerStream("message-1", "Hello", "complete", { plan: asPlanned })],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get().cutAgainIds).toBeUndefined();
  });
});

describe("an answer that waits for a summary", () => {
  it("says so until it begins", () => {
    const start = metadata("streaming", "message-1");
    const now = new Date(0);
    const begun = applyChunks(
      null,
      [
        { type: "start", messageId: "a", messageMetadata: start },
        { type: "message-metadata", messageMetadata: { ...start, isSummarising: true } },
      ],
      now,
    );
    expect(begun?.isSummarising).toBe(true);
    const next = { ...start, isSummarising: false };
    const over = applyChunks(begun, [{ type: "message-metadata", messageMetadata: next }], now);
    expect(over?.isSummarising).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import { createStore } from "../store";
import { followConversation } from "./follow-conversation";
import { tellNews } from "./news";

type Phase = "idle" | "answering" | "unsent";

function open({ isSaved = true }: { isSaved?: boolean } = {}) {
  const state = createStore({ id: "c", isSaved, turn: { phase: "idle" } });
  let reads = 0;
  let endRead: () => void = () => undefined;
  const store = {
    get: state.get,
    subscribe: state.subscribe,
    refresh: () => {
      reads += 1;
      return new Promise<void>((resolve) => {
        endRead = resolve;
      });
    },
  };
  const following = followConversation(store);
  const go = (phase: Phase) => state.set((before) => ({ ...before, turn: { phase } }));
  const finishRead = async () => {
    endRead();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { following, go, finishRead, reads: () => reads };
}

const conversation = (change: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: "c",
  title: "",
  updatedAt: "2026-11-22T10:00:00.000Z",
  isAnswering: false,
  ...change,
});
const begins = () =>
  tellNews({ type: "conversation", conversation: conversation({ isAnswering: true }) });
const ends = () => tellNews({ type: "conversation", conversation: conversation() });

describe("an open conversation", () => {
  it("is read again when an answer begins in it elsewhere", () => {
    const { following, reads } = open();
    begins();
    expect(reads()).toBe(1);
    following.stop();
    begins();
    expect(reads()).toBe(1);
  });

  it("is read again when its messages changed elsewhere, or when something was missed", async () => {
    const { following, reads, finishRead } = open();
    tellNews({ type: "messages-changed", conversationId: "c" });
    await finishRead();
    tellNews({ type: "missed" });
    expect(reads()).toBe(2);
    following.stop();
  });

  it("is not read for what happens in others, a rename, or its own turn", () => {
    const { following, reads, go } = open();
    tellNews({ type: "messages-changed", conversationId: "other" });
    tellNews({ type: "conversation", conversation: conversation({ id: "other" }) });
    ends();
    go("answering");
    begins();
    ends();
    go("idle");
    expect(reads()).toBe(0);
    following.stop();
  });

  it("waits for its own turn to end, and then sees the next one of another device", () => {
    const { following, reads, go } = open();
    go("answering");
    begins();
    ends();
    begins();
    expect(reads()).toBe(0);
    go("idle");
    expect(reads()).toBe(1);
    following.stop();
  });

  it("reads once for much at once, and once more for what came meanwhile", async () => {
    const { following, reads, finishRead } = open();
    for (let index = 0; index < 5; index += 1)
      tellNews({ type: "messages-changed", conversationId: "c" });
    expect(reads()).toBe(1);
    await finishRead();
    expect(reads()).toBe(2);
    await finishRead();
    expect(reads()).toBe(2);
    following.stop();
  });

  it("finds out by the list where no events come", async () => {
    const { following, reads, finishRead } = open();
    const list = (change: Partial<ConversationSummary>) =>
      tellNews({ type: "listed", conversations: [conversation(change)] });
    list({});
    list({});
    expect(reads()).toBe(0);
    list({ updatedAt: "2026-11-22T10:05:00.000Z" });
    expect(reads()).toBe(1);
    await finishRead();
    list({ updatedAt: "2026-11-22T10:05:00.000Z", isAnswering: true });
    expect(reads()).toBe(2);
    following.stop();
  });

  it("that the server does not have yet has no news", () => {
    const { following, reads } = open({ isSaved: false });
    tellNews({ type: "missed" });
    begins();
    expect(reads()).toBe(0);
    following.stop();
  });
});

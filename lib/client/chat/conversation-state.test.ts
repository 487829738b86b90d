import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contracts/messages";
import {
  joinPage,
  mergeNewestPage,
  placeAnswer,
  replaceBranch,
  textOf,
} from "./conversation-state";
import { testBranch, testMessage } from "./testing-messages";

const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id).join(" ");

describe("placing a streaming answer", () => {
  const answer = (text: string, more: object = {}) =>
    testMessage({
      id: "a2",
      parentId: "u2",
      role: "assistant",
      status: "streaming",
      parts: [{ type: "text", text }],
      ...more,
    });

  const place = (messages: readonly Message[], given: Message, after: string | null = null) =>
    placeAnswer({ messages, after }, given).messages;

  it("puts it after the message that it answers", () => {
    expect(ids(place(testBranch("u1", "a1", "u2"), answer("")))).toBe("u1 a1 u2 a2");
  });

  it("replaces an earlier answer and what followed it, and counts it as a sibling", () => {
    const loaded = { messages: testBranch("u1", "a1", "u2", "old", "u3"), after: "u3" };
    const placed = placeAnswer(loaded, answer("", { parentId: "u2" }));
    expect(ids(placed.messages)).toBe("u1 a1 u2 a2");
    expect(placed.messages.at(-1)?.siblingIds).toEqual(["old", "a2"]);
    expect(placed.after).toBeNull();
  });

  it("grows in place", () => {
    const first = place(testBranch("u1", "a1", "u2"), answer("a"));
    const second = place(first, answer("ab"));
    expect(textOf(second.at(-1) ?? { parts: [] })).toBe("ab");
    expect(second[0]).toBe(first[0]);
  });

  it("takes no text away while a replay catches up, but believes the end", () => {
    const shown = place(testBranch("u1", "a1", "u2"), answer("abc"));
    expect(place(shown, answer("a"))).toBe(shown);
    const ended = place(shown, answer("ab", { status: "stopped" }));
    expect(ended.at(-1)).toMatchObject({ status: "stopped", parts: [{ text: "ab" }] });
  });

  it("goes on with an answer that was cut without taking its text away", () => {
    const cut = answer("Once upon", { status: "length" });
    const shown = place(testBranch("u1", "a1", "u2"), cut);
    expect(place(shown, answer(""))).toBe(shown);
    const more = place(shown, answer("Once upon a time"));
    expect(ids(more)).toBe("u1 a1 u2 a2");
    expect(more.at(-1)).toMatchObject({
      status: "streaming",
      parts: [{ text: "Once upon a time" }],
    });
  });

  it("loses nothing when the message that it answers is not loaded", () => {
    expect(ids(place(testBranch("u1"), answer("")))).toBe("u1 a2");
  });

  it("waits for its page when the end of the branch is not loaded", () => {
    expect(ids(place(testBranch("u1"), answer(""), "u1"))).toBe("u1");
  });
});

describe("putting a message in the place of a sibling", () => {
  it("leaves what followed the sibling to the other branch", () => {
    const loaded = { messages: testBranch("u1", "a1", "u2"), after: "u2" };
    const edited = testMessage({ id: "a1b", parentId: "u1", siblingIds: ["a1", "a1b"] });
    const placed = replaceBranch(loaded, "a1", edited);
    expect(ids(placed.messages)).toBe("u1 a1b");
    expect(placed.after).toBeNull();
  });

  it("changes nothing when the sibling is not loaded", () => {
    const loaded = { messages: testBranch("u1", "a1"), after: null };
    expect(replaceBranch(loaded, "other", testMessage({ id: "x" }))).toEqual(loaded);
  });
});

describe("joining a page from one of its messages on", () => {
  const all = testBranch("u1", "a1", "u2", "a2", "u3", "a3");
  const other = (id: string, parentId: string) => testMessage({ id, parentId });

  it("keeps what is loaded before it, and goes on with the page", () => {
    const page = {
      messages: [...all.slice(1, 3), other("b2", "u2"), other("v3", "b2")],
      before: "a1",
      after: "v3",
    };
    const joined = joinPage({ messages: all, before: null }, page, "b2");
    expect(ids(joined.messages)).toBe("u1 a1 u2 b2 v3");
    expect(joined).toMatchObject({ before: null, after: "v3" });
    expect(joined.messages[2]).toBe(all[2]);
  });

  it("replaces everything when its parent is not loaded, or it is the first of all", () => {
    const page = { messages: [other("x1", "x0")], before: "x1", after: null };
    expect(joinPage({ messages: all, before: "u1" }, page, "x1")).toEqual(page);
    const root = { messages: [testMessage({ id: "r1" })], before: null, after: null };
    expect(joinPage({ messages: all, before: null }, root, "r1")).toEqual(root);
  });
});

describe("taking over the newest page", () => {
  it("keeps older pages that it continues", () => {
    const all = testBranch("u1", "a1", "u2", "a2");
    const merged = mergeNewestPage(
      { messages: all.slice(0, 3), before: null },
      { messages: all.slice(2), before: "u2", after: null },
    );
    expect(ids(merged.messages)).toBe("u1 a1 u2 a2");
    expect(merged.before).toBeNull();
  });

  it("replaces everything when the branch is another one", () => {
    const merged = mergeNewestPage(
      { messages: testBranch("u1", "a1"), before: null },
      { messages: [testMessage({ id: "x9", parentId: "x8" })], before: "x9", after: null },
    );
    expect(ids(merged.messages)).toBe("x9");
    expect(merged.before).toBe("x9");
  });

  it("takes over what an answer has used once more of it is known", () => {
    const mine = testBranch("u1", "a1");
    const costs = [{ currency: "CNY" as const, micros: 1_200 }];
    const usage = { inputTokens: 10, outputTokens: 20, costs, unpriced: 0, isEstimated: false };
    const theirs = mine.map((message) => (message.id === "a1" ? { ...message, usage } : message));
    const page = { messages: theirs, before: null, after: null };
    const merged = mergeNewestPage({ messages: mine, before: null }, page);
    expect(merged.messages[1]?.usage).toEqual(usage);
    const again = mergeNewestPage(merged, { ...page, messages: structuredClone(theirs) });
    expect(again.messages[1]).toBe(merged.messages[1]);
  });

  it("keeps the identity of what did not change and takes what did", () => {
    const mine = testBranch("u1", "a1");
    const theirs = structuredClone(mine).map((message) =>
      message.id === "a1" ? { ...message, status: "stopped" as const } : message,
    );
    const merged = mergeNewestPage(
      { messages: mine, before: null },
      { messages: theirs, before: null, after: null },
    );
    expect(merged.messages[0]).toBe(mine[0]);
    expect(merged.messages[1]).toBe(theirs[1]);
  });

  it("forgets a message that the server never got", () => {
    const merged = mergeNewestPage(
      { messages: testBranch("u1", "a1", "lost"), before: null },
      { messages: testBranch("u1", "a1"), before: null, after: null },
    );
    expect(ids(merged.messages)).toBe("u1 a1");
  });
});

describe("the text of a message", () => {
  it("leaves the reasoning out", () => {
    const parts = [
      { type: "reasoning" as const, text: "hm" },
      { type: "text" as const, text: "one" },
      { type: "text" as const, text: "two" },
    ];
    expect(textOf({ parts })).toBe("one\n\ntwo");
  });
});

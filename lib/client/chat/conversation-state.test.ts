import { describe, expect, it } from "vitest";
import { addOlderPage, mergeNewestPage, placeAnswer, textOf } from "./conversation-state";
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

  it("puts it after the message that it answers", () => {
    expect(ids(placeAnswer(testBranch("u1", "a1", "u2"), answer("")))).toBe("u1 a1 u2 a2");
  });

  it("replaces an earlier answer and what followed it, and counts it as a sibling", () => {
    const placed = placeAnswer(
      testBranch("u1", "a1", "u2", "old", "u3"),
      answer("", { parentId: "u2" }),
    );
    expect(ids(placed)).toBe("u1 a1 u2 a2");
    expect(placed.at(-1)?.siblingIds).toEqual(["old", "a2"]);
  });

  it("grows in place", () => {
    const first = placeAnswer(testBranch("u1", "a1", "u2"), answer("a"));
    const second = placeAnswer(first, answer("ab"));
    expect(textOf(second.at(-1) ?? { parts: [] })).toBe("ab");
    expect(second[0]).toBe(first[0]);
  });

  it("takes no text away while a replay catches up, but believes the end", () => {
    const shown = placeAnswer(testBranch("u1", "a1", "u2"), answer("abc"));
    expect(placeAnswer(shown, answer("a"))).toBe(shown);
    const ended = placeAnswer(shown, answer("ab", { status: "stopped" }));
    expect(ended.at(-1)).toMatchObject({ status: "stopped", parts: [{ text: "ab" }] });
  });

  it("loses nothing when the message that it answers is not loaded", () => {
    expect(ids(placeAnswer(testBranch("u1"), answer("")))).toBe("u1 a2");
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

describe("loading an older page", () => {
  it("puts it in front without repeating a message", () => {
    const all = testBranch("u1", "a1", "u2", "a2");
    const state = addOlderPage(
      { messages: all.slice(2), before: "u2" },
      { messages: all.slice(0, 3), before: null, after: null },
    );
    expect(ids(state.messages)).toBe("u1 a1 u2 a2");
    expect(state.before).toBeNull();
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

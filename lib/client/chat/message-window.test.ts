import { describe, expect, it } from "vitest";
import type { Message, MessagesPage } from "@/lib/contracts/messages";
import { testBranch } from "./testing-messages";
import {
  addNewerPage,
  addOlderPage,
  endOf,
  maxRows,
  moveTo,
  moveToEnd,
  type MessageWindow,
} from "./message-window";

const branch = testBranch(...Array.from({ length: 1_000 }, (_, at) => `m${String(at)}`));
const pageSize = 30;

/** What the server says of a stretch of the branch. */
function page(from: number, to: number, all: readonly Message[] = branch): MessagesPage {
  const messages = all.slice(Math.max(0, from), to);
  return {
    messages,
    before: from > 0 ? (messages[0]?.id ?? null) : null,
    after: to < all.length ? (messages.at(-1)?.id ?? null) : null,
  };
}

const atEnd: MessageWindow = { ...page(980, 1_000), tail: null };

const position = (id: string | undefined) => branch.findIndex((message) => message.id === id);
const reach = ({ messages }: MessageWindow) => [
  position(messages[0]?.id),
  position(messages.at(-1)?.id),
];

function isGapless({ messages }: MessageWindow): boolean {
  return messages.every((message, at) => at === 0 || message.parentId === messages[at - 1]?.id);
}

function scrollUp(window: MessageWindow): MessageWindow {
  const first = position(window.messages[0]?.id);
  return addOlderPage(window, page(first - pageSize, first)) ?? expect.fail("not continued");
}

function scrollDown(window: MessageWindow): MessageWindow {
  const next = position(window.messages.at(-1)?.id) + 1;
  return addNewerPage(window, page(next, next + pageSize)) ?? expect.fail("not continued");
}

function repeat(times: number, step: (window: MessageWindow) => MessageWindow, from = atEnd) {
  return Array.from({ length: times }).reduce<MessageWindow>((window) => step(window), from);
}

describe("scrolling up through a long conversation", () => {
  it("reaches its start with a bounded number of rows", () => {
    let window = atEnd;
    while (window.before !== null) {
      window = scrollUp(window);
      expect(window.messages.length).toBeLessThanOrEqual(maxRows);
      expect(isGapless(window)).toBe(true);
    }
    expect(reach(window)[0]).toBe(0);
    expect(window.after).not.toBeNull();
  });

  it("keeps the end at hand while the window is elsewhere", () => {
    const far = repeat(20, scrollUp);
    expect(endOf(far).at(-1)?.id).toBe("m999");
    expect(moveToEnd(far)).toMatchObject({ after: null, tail: null });
    expect(moveToEnd(far)?.messages.at(-1)?.id).toBe("m999");
  });

  it("comes back down to the end without a gap, and lets go of the start", () => {
    let window = repeat(30, scrollUp);
    while (window.after !== null) window = scrollDown(window);
    expect(reach(window)[1]).toBe(999);
    expect(isGapless(window)).toBe(true);
    expect(window.messages.length).toBeLessThanOrEqual(maxRows);
    expect(window.before).toBe(window.messages[0]?.id);
  });

  it("takes no page of another branch", () => {
    const other = testBranch("x1", "x2");
    expect(addOlderPage(atEnd, { messages: other, before: null, after: null })).toBeNull();
    const far = repeat(20, scrollUp);
    expect(addNewerPage(far, { messages: other, before: null, after: null })).toBeNull();
  });

  it("repeats no message that is there already", () => {
    const window = addOlderPage(atEnd, page(960, 985));
    expect(reach(window ?? atEnd)).toEqual([960, 999]);
    expect(isGapless(window ?? atEnd)).toBe(true);
  });

  it("takes an empty page as the start", () => {
    const window = addOlderPage(atEnd, { messages: [], before: null, after: null });
    expect(window).toMatchObject({ before: null, messages: atEnd.messages });
  });
});

describe("an answer that streams while the window is elsewhere", () => {
  it("is what one finds on coming back", () => {
    const far = repeat(20, scrollUp);
    const answer = { ...branch[999], id: "live", parentId: "m999" } as Message;
    const tail = { messages: [...endOf(far), answer], before: "m970" };
    let window: MessageWindow = { ...far, tail };
    while (window.after !== null) window = scrollDown(window);
    expect(window.messages.at(-1)).toBe(answer);
    expect(isGapless(window)).toBe(true);
  });
});

describe("going to a message", () => {
  it("shows the page around it, with the end kept", () => {
    const window = moveTo(atEnd, page(100, 130));
    expect(reach(window)).toEqual([100, 129]);
    expect(window).toMatchObject({ before: "m100", after: "m129" });
    expect(endOf(window).at(-1)?.id).toBe("m999");
  });

  it("joins a page that touches or overlaps what is loaded", () => {
    expect(reach(moveTo(atEnd, page(950, 980)))).toEqual([950, 999]);
    expect(reach(moveTo(atEnd, page(960, 990)))).toEqual([960, 999]);
    expect(moveTo(atEnd, page(960, 990)).after).toBeNull();
  });

  it("stays at what is loaded when the page lies within it", () => {
    const window = moveTo(repeat(1, scrollUp), page(985, 995));
    expect(reach(window)[1]).toBe(999);
    expect(window.after).toBeNull();
  });

  it("takes the end of another branch as it comes", () => {
    const other = testBranch("x1", "x2");
    const window = moveTo(atEnd, { messages: other, before: null, after: null });
    expect(window).toEqual({ messages: other, before: null, after: null, tail: null });
  });
});

describe("going to the end", () => {
  it("says that it has to be read when it is not known", () => {
    expect(moveToEnd({ ...page(100, 130), tail: null })).toBeNull();
    expect(endOf({ ...page(100, 130), tail: null })).toEqual([]);
  });
});

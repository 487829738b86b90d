import { describe, expect, it } from "vitest";
import { createShare, type Letter } from "./share-events";

/** The locks and channels of one browser. */
function openBrowser() {
  const waiting: { run: () => void; signal: AbortSignal }[] = [];
  let isHeld = false;
  const next = () => {
    const candidate = waiting.shift();
    if (candidate === undefined) return;
    if (candidate.signal.aborted) next();
    else candidate.run();
  };
  const locks = {
    request: (
      _name: string,
      { signal }: { signal: AbortSignal },
      hold: () => Promise<void>,
    ): Promise<void> =>
      new Promise((resolve, reject) => {
        const run = () => {
          isHeld = true;
          void hold().then(() => {
            isHeld = false;
            resolve();
            next();
          });
        };
        signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        if (isHeld) waiting.push({ run, signal });
        else run();
      }),
  } as unknown as LockManager;

  const channels = new Set<{ onmessage: ((message: MessageEvent<Letter>) => void) | null }>();
  const tabs: { name: string; isLeading: boolean; letters: Letter[] }[] = [];

  const openTab = (name: string) => {
    const tab = { name, isLeading: false, letters: [] as Letter[] };
    tabs.push(tab);
    const channel = {
      onmessage: null as ((message: MessageEvent<Letter>) => void) | null,
      postMessage: (letter: Letter) => {
        for (const other of channels)
          if (other !== channel) other.onmessage?.({ data: letter } as MessageEvent<Letter>);
      },
      close: () => {
        channels.delete(channel);
      },
    };
    channels.add(channel);
    const share = createShare({
      locks,
      channel,
      follow: (signal) =>
        new Promise((resolve) => {
          tab.isLeading = true;
          signal.addEventListener("abort", () => {
            tab.isLeading = false;
            resolve();
          });
        }),
      onLetter: (letter) => tab.letters.push(letter),
    });
    share.join();
    return { tab, share };
  };
  const leaders = () => tabs.filter(({ isLeading }) => isLeading).map(({ name }) => name);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { openTab, leaders, settle };
}

const news: Letter = {
  kind: "event",
  event: { type: "conversation-removed", id: "a" },
  userId: "u",
};

describe("the tabs of a browser", () => {
  it("have one connection between them, and all hear what comes", async () => {
    const { openTab, leaders } = openBrowser();
    const tabs = ["one", "two", "three", "four", "five", "six", "seven"].map(openTab);
    expect(leaders()).toEqual(["one"]);
    tabs[0]?.share.tell(news);
    for (const { tab } of tabs)
      expect(tab.letters.filter(({ kind }) => kind === "event")).toEqual([news]);
  });

  it("hand the connection on when the tab that has it goes away", async () => {
    const { openTab, leaders, settle } = openBrowser();
    const first = openTab("one");
    openTab("two");
    openTab("three");
    first.share.close();
    await settle();
    expect(leaders()).toEqual(["two"]);
  });

  it("leave it to those that are looked at, and join again", async () => {
    const { openTab, leaders, settle } = openBrowser();
    const first = openTab("one");
    const second = openTab("two");
    first.share.leave();
    await settle();
    expect(leaders()).toEqual(["two"]);
    first.share.join();
    second.share.leave();
    await settle();
    expect(leaders()).toEqual(["one"]);
  });

  it("have none while none is looked at", async () => {
    const { openTab, leaders, settle } = openBrowser();
    const tabs = ["one", "two"].map(openTab);
    for (const { share } of tabs) share.leave();
    await settle();
    expect(leaders()).toEqual([]);
  });

  it("let a tab that waits after a refusal know that another one is there", () => {
    const { openTab } = openBrowser();
    const first = openTab("one");
    openTab("two");
    expect(first.tab.letters).toContainEqual({ kind: "present" });
  });
});

import { describe, expect, it, vi } from "vitest";
import type { FoundMessages } from "@/lib/contracts/messages";
import { createFind, pickStart } from "./find-in-conversation";

const match = (messageId: string) => ({ messageId, role: "user" as const, excerpt: "…" });
const found = (...ids: string[]): FoundMessages => ({ matches: ids.map(match), isCut: false });

function setUp(answers: (FoundMessages | Error)[], topId: string | null = null) {
  const search = vi.fn((_query: string, _signal: AbortSignal) => {
    const answer = answers.shift() ?? found();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  const find = createFind({
    search,
    wait: () => Promise.resolve(),
    readPlace: () => ({ loadedIds: ["m5", "m6", "m7"], topId }),
  });
  return { find, search, get: find.state.get };
}

describe("finding", () => {
  it("asks once for what is typed quickly, without the spaces around it", async () => {
    const { find, search } = setUp([found("m1")]);
    await Promise.all([find.setQuery("c"), find.setQuery("ca"), find.setQuery(" cat ")]);
    expect(search.mock.calls.map(([query]) => query)).toEqual(["cat"]);
  });

  it("goes round in both directions, and visits again when there is only one", async () => {
    const { find, get } = setUp([found("m5", "m6", "m7"), found("m6")], "m6");
    await find.setQuery("cat");
    expect(get().at).toBe(1);
    find.step(1);
    find.step(1);
    expect(get().at).toBe(0);
    find.step(-1);
    expect(get().at).toBe(2);
    await find.setQuery("dog");
    const { visit } = get();
    find.step(1);
    expect(get()).toMatchObject({ at: 0, visit: visit + 1 });
  });

  it("asks nothing for blank words, and forgets what was found", async () => {
    const { find, search, get } = setUp([found("m5")]);
    await find.setQuery("cat");
    await find.setQuery("  ");
    expect(search).toHaveBeenCalledTimes(1);
    expect(get()).toMatchObject({ status: "idle", matches: [], at: -1 });
  });

  it("says that it failed, and can be repeated", async () => {
    const { find, get } = setUp([new Error("offline"), found("m5")]);
    await find.setQuery("cat");
    expect(get().status).toBe("failed");
    await find.repeat();
    expect(get().status).toBe("failed");
    find.open();
    await find.repeat();
    expect(get()).toMatchObject({ status: "ready", at: 0 });
  });

  it("stays at its match when the conversation goes on", async () => {
    const { find, get } = setUp([found("m5", "m7"), found("m1", "m5", "m7", "m8")], "m7");
    find.open();
    await find.setQuery("cat");
    const { visit } = get();
    await find.repeat();
    expect(get()).toMatchObject({ at: 2, visit });
  });

  it("takes no answer that comes after it was closed", async () => {
    const { find, get } = setUp([found("m5")]);
    const searching = find.setQuery("cat");
    find.close();
    await searching;
    expect(get()).toMatchObject({ isOpen: false, matches: [], status: "idle" });
  });
});

describe("where finding begins", () => {
  const place = { loadedIds: ["m5", "m6", "m7"], topId: "m6" };

  it("is what is in view, else the nearest above, else the newest", () => {
    expect(pickStart([match("m1"), match("m5"), match("m7")], place)).toBe(2);
    expect(pickStart([match("m1"), match("m5"), match("m9")], place)).toBe(1);
    expect(pickStart([match("m1"), match("m2")], place)).toBe(1);
    expect(pickStart([], place)).toBe(-1);
  });
});

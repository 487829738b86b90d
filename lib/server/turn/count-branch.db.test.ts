import { describe, expect, it, vi } from "vitest";
import type { MessagePart } from "@/lib/contracts/messages";
import { countText } from "@/lib/domain/tokens/count-text";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { plantTree } from "../db/testing-tree";
import { countBranch } from "./count-branch";
import { TextCounter } from "./count-texts";

useTestDatabase();

const aliasOf = (...names: string[]) =>
  ({ targets: names.map((name) => ({ name })) }) as Parameters<typeof countBranch>[2][number];

const partsOf = (text: string): MessagePart[] => [{ type: "text", text }];

async function plant() {
  const actor = await makeUser();
  const { idOf } = await plantTree(actor, { q1: null, a1: "q1" });
  const message = (name: "q1" | "a1", tokenCounts: ReturnType<typeof countText> | null) => ({
    id: idOf(name),
    role: name === "q1" ? ("user" as const) : ("assistant" as const),
    parts: partsOf(`text of ${name}`),
    tokenCounts,
  });
  const stored = async (name: string) => {
    const row = await db().message.findUniqueOrThrow({ where: { id: idOf(name) } });
    return row.tokenCounts;
  };
  return { actor, idOf, message, stored };
}

describe("counting a branch", () => {
  it("counts what is not counted yet, once", async () => {
    const { actor, message, stored } = await plant();
    const counted = message("q1", countText("text of q1"));
    const [first, second] = await countBranch(
      actor,
      [counted, message("a1", null)],
      [aliasOf("qwen-plus")],
    );
    expect(first).toEqual(counted);
    expect(second?.tokenCounts).toEqual(countText("text of a1"));
    await vi.waitFor(async () => {
      expect(await stored("a1")).toEqual(countText("text of a1"));
    });
    expect(await stored("q1")).toBeNull();
  });

  it("adds the encoding of an older model where one may be asked", async () => {
    const { actor, message, stored } = await plant();
    const before = message("q1", countText("text of q1"));
    const [after] = await countBranch(actor, [before], [aliasOf("qwen-plus", "gpt-4-turbo")]);
    expect(after?.tokenCounts).toEqual({ ...before.tokenCounts, cl100k: 4 });
    await vi.waitFor(async () => {
      expect(await stored("q1")).toMatchObject({ cl100k: 4 });
    });
  });

  it("does not keep what is counted of an answer that is still written", async () => {
    const { actor, idOf, message, stored } = await plant();
    const stale = message("a1", countText("text"));
    const [live] = await countBranch(actor, [stale], [aliasOf("qwen-plus")], [idOf("a1")]);
    expect(live?.tokenCounts).toEqual(countText("text of a1"));
    await countBranch(actor, [message("q1", null)], []);
    await vi.waitFor(async () => {
      expect(await stored("q1")).not.toBeNull();
    });
    expect(await stored("a1")).toBeNull();
  });

  it("leaves another user's messages alone", async () => {
    const { message, stored } = await plant();
    const stranger = await makeUser({ email: "stranger@example.com" });
    await countBranch(stranger, [message("q1", null)], []);
    const own = await plant();
    await countBranch(own.actor, [own.message("q1", null)], []);
    await vi.waitFor(async () => {
      expect(await own.stored("q1")).not.toBeNull();
    });
    expect(await stored("q1")).toBeNull();
  });
});

describe("counting a giant text", () => {
  it("lets others run in between, and counts the same", async () => {
    const text = "The ships left the harbour，没有人知道为什么。\n".repeat(10_000);
    const counter = await TextCounter.for([]);
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    const startedMs = performance.now();
    const counts = await counter.count(text);
    const tookMs = performance.now() - startedMs;
    clearInterval(others);
    expect(turns).toBeGreaterThanOrEqual(Math.min(3, Math.floor(tookMs / 40)));
    const whole = countText(text);
    expect(Math.abs(counts.o200k - whole.o200k)).toBeLessThan(30);
    expect(counts).toMatchObject({ wide: whole.wide, signs: whole.signs, bytes: whole.bytes });
  });
});

import { describe, expect, it } from "vitest";
import { inOrder } from "./in-order";

describe("changes to one thing", () => {
  it("start only when the one before has ended, also when that failed", async () => {
    const log: string[] = [];
    const step =
      (name: string, isFailing = false) =>
      async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (isFailing) throw new Error(name);
        return name;
      };
    const results = await Promise.allSettled([
      inOrder("a", step("rename", true)),
      inOrder("a", step("delete")),
      inOrder("b", step("other")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(log.filter((line) => !line.startsWith("other"))).toEqual([
      "rename starts",
      "rename ends",
      "delete starts",
      "delete ends",
    ]);
    expect(log.indexOf("other starts")).toBeLessThan(log.indexOf("delete starts"));
  });
});

import { describe, expect, it } from "vitest";
import type { PlanWarning } from "@/lib/contracts/context";
import { dismissedWith, findLargerModel, findShownWarning } from "./context-plan-warning";

const show = (warnings: PlanWarning[], dismissed: PlanWarning[] = [], isAdmin = false) =>
  findShownWarning({ warnings }, (one) => dismissed.includes(one), isAdmin);

describe("the warning above the composer", () => {
  it("is the most important one", () => {
    expect(show(["dear", "nearly_full", "draft_shortened"])).toBe("draft_shortened");
    expect(show(["dear", "nearly_full", "forgetting"])).toBe("forgetting");
    expect(show([])).toBeNull();
  });

  it("never comes back once it was dismissed, nor does a weaker one that says the same", () => {
    const warnings: PlanWarning[] = ["dear", "nearly_full", "forgetting"];
    const dismissed = [...dismissedWith("forgetting")];
    expect(show(warnings, dismissed)).toBe("dear");
    expect(show(warnings, [...dismissed, ...dismissedWith("dear")])).toBeNull();
  });

  it("of an unknown window is for those who can set it", () => {
    expect(show(["window_unknown"])).toBeNull();
    expect(show(["window_unknown"], [], true)).toBe("window_unknown");
  });
});

describe("a larger model", () => {
  const larger = ["small", "medium", "large"].map((id, at) => ({
    id,
    name: id,
    window: 1_000 * (at + 1),
  }));

  it("is the smallest that is on offer on this page and needs no key that one lacks", () => {
    const models = [
      { id: "large", needsOwnKey: false },
      { id: "medium", needsOwnKey: false },
      { id: "small", needsOwnKey: true },
    ];
    expect(findLargerModel({ largerModels: larger }, models)).toMatchObject({ id: "medium" });
    expect(findLargerModel({ largerModels: larger }, [])).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { addTotals, countPlaywright, countVitest } from "./totals.mjs";

const tests = (...statuses: string[]) => statuses.map((status) => ({ status }));

describe("the totals of a test run", () => {
  it("are what Vitest says of each test", () => {
    const report = {
      testResults: [
        { status: "passed", assertionResults: tests("passed", "passed", "skipped") },
        { status: "failed", assertionResults: tests("passed", "failed") },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it("count a file that can't be loaded, though no test of it ran", () => {
    const report = { testResults: [{ status: "failed", assertionResults: [] }] };
    expect(countVitest(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("count a file whose clean-up fails after its tests have passed", () => {
    const report = { testResults: [{ status: "failed", assertionResults: tests("passed") }] };
    expect(countVitest(report)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("take a flaky end-to-end test and an error outside of tests for failures", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 4, skipped: 3 });
  });

  it("are added up", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addTotals([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});

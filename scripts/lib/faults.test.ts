import { expect, test } from "vitest";
import { summarizeFaults } from "./faults.mjs";

function spec(title: string, kinds: string[]) {
  const description = JSON.stringify(kinds.map((kind) => ({ kind })));
  const annotations = [{ type: "violations", description }];
  // Playwright lists annotations with the test and, again, with its result.
  return { title, tests: [{ annotations, results: [{ status: "passed", annotations }] }] };
}

test("faults and seeds are counted once each, violations wherever they lie", () => {
  const report = {
    suites: [
      {
        specs: [spec("U-01 refused (seed 1)", []), spec("U-01 refused (seed 2)", ["lost"])],
        suites: [{ specs: [spec("D-03 dropped (seed 1)", ["usage", "usage", "other"])] }],
      },
    ],
  };
  expect(summarizeFaults(report)).toEqual({
    lost: 1,
    duplicated: 0,
    usage: 2,
    other: 1,
    line: "2 faults × 2 seeds, 1 lost, 0 duplicated, 2 usage errors",
  });
});

test("a try that never reached the checker counts no violation", () => {
  const report = {
    specs: [{ title: "U-02 x (seed 3)", tests: [{ annotations: [], results: [] }] }],
  };
  expect(summarizeFaults(report).line).toBe(
    "1 faults × 1 seeds, 0 lost, 0 duplicated, 0 usage errors",
  );
});

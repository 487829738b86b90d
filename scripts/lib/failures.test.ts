import { expect, it } from "vitest";
import { listPlaywrightFailures, listVitestFailures } from "./failures.mjs";

it("names each test of Vitest's report that failed, with the first words of why", () => {
  const passed = { status: "passed", fullName: "a b" };
  const failed = {
    status: "failed",
    fullName: "a c",
    failureMessages: ["\u001b[31mAssertionError\u001b[0m: 1\n\n  at here"],
  };
  const report = {
    testResults: [{ name: "x.test.ts", status: "failed", assertionResults: [passed, failed] }],
  };
  expect(listVitestFailures(report)).toEqual([
    { test: "x.test.ts › a c", why: "AssertionError: 1\n  at here" },
  ]);
});

it("names a file of Vitest's report that failed before its tests", () => {
  const report = {
    testResults: [
      { name: "x.test.ts", status: "failed", message: "no module", assertionResults: [] },
    ],
  };
  expect(listVitestFailures(report)).toEqual([{ test: "x.test.ts", why: "no module" }]);
});

it("names the failures of Playwright's report, however deep, and its errors outside of tests", () => {
  const spec = (title: string, isOk: boolean) => ({
    title,
    ok: isOk,
    tests: [{ results: [{ error: { message: `why ${title}` } }] }],
  });
  const inner = { title: "inner", specs: [spec("two", false)] };
  const report = {
    suites: [{ title: "a.spec.ts", specs: [spec("one", true)], suites: [inner] }],
    errors: [{ message: "crash" }],
  };
  expect(listPlaywrightFailures(report)).toEqual([
    { test: "a.spec.ts › inner › two", why: "why two" },
    { test: "outside of tests", why: "crash" },
  ]);
});

// npm test: unit, integration and end-to-end tests, and every fault with two timings; ends with the
// true totals.
import "./lib/node-version.mjs";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const { prepareApplication, runFaults } = await import("./lib/fault-run.mjs");
const { generateIfNeeded } = await import("./lib/generate.mjs");
const { listPlaywrightFailures, listVitestFailures } = await import("./lib/failures.mjs");
const { bad, headline, say } = await import("./lib/report.mjs");
const { runBin } = await import("./lib/run.mjs");
const { addTotals, countPlaywright, countVitest } = await import("./lib/totals.mjs");

/** How often `npm test` tries each fault; `npm run test:faults -- --seeds N` does it more often. */
const faultSeeds = "2";
/** @type {import("./lib/failures.mjs").Failure[]} */
const failures = [];
const nothing = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(path.join(os.tmpdir(), "parley-tests-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

if (process.env.CI === "true") {
  for (const name of ["TEST_DATABASE_URL", "TEST_REDIS_URL"]) {
    if (!process.env[name]) end([fail(`${name} is not set: CI tests against the real thing.`)]);
  }
}

const prepared = await generateIfNeeded();
if (prepared !== 0) end([fail("The database client could not be generated.")]);
const codeTotals = await testCode();
const application = await prepareApplication();
if (typeof application === "string") end([codeTotals, fail(application)]);
else end([codeTotals, await testApplication(application), await testFaults(application)]);

async function testCode() {
  headline("Unit and integration tests");
  const file = path.join(reports, "vitest.json");
  const code = await runBin("vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  return judge(code, { count: countVitest, list: listVitestFailures }, file);
}

/** @param {{ browser: string }} application */
async function testApplication({ browser }) {
  headline("End-to-end tests");
  say(`Browser: ${browser || "Playwright's own"}`);
  const file = path.join(reports, "playwright.json");
  const code = await runBin("@playwright/test/playwright", ["test", "--reporter=list,json"], {
    env: { PARLEY_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return judge(code, { count: countPlaywright, list: listPlaywrightFailures }, file);
}

/** @param {{ browser: string }} application */
async function testFaults({ browser }) {
  headline("Faults");
  const { code, report, figures } = await runFaults({ seeds: faultSeeds, browser });
  if (report === null || figures === null) return fail("The faults ended without a report.");
  say(`\n${figures.line}`);
  failures.push(...listPlaywrightFailures(report));
  const totals = countPlaywright(report);
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/**
 * Counts a report, and takes a failure that it doesn't show for one more.
 *
 * @template Report
 * @param {number} code
 * @param {{ count: (report: Report) => import("./lib/totals.mjs").Totals,
 *   list: (report: Report) => import("./lib/failures.mjs").Failure[] }} reader
 * @param {string} file
 */
function judge(code, { count, list }, file) {
  if (!existsSync(file)) return fail("The tests ended without a report.");
  const report = JSON.parse(readFileSync(file, "utf8"));
  failures.push(...list(report));
  const totals = count(report);
  if (totals.passed + totals.failed === 0) return fail("There was no test to run.");
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/** @param {string} sentence */
function fail(sentence) {
  say(bad(sentence));
  return { ...nothing, failed: 1 };
}

/** @param {import("./lib/totals.mjs").Totals[]} all */
function end(all) {
  const { passed, failed, skipped } = addTotals(all);
  const isCi = process.env.CI === "true";
  if (skipped > 0 && isCi)
    say(bad(`\n${skipped} tests did not run, and a test that does not run is none.`));
  else if (skipped > 0)
    say(`\n${skipped} tests need a PostgreSQL or a Redis, and did not run: see CONTRIBUTING.md.`);
  // At the end, where a log that was cut still shows them.
  for (const { test, why } of failures) say(bad(`\nFailed: ${test}\n${why}`));
  say(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || (skipped > 0 && isCi) ? 1 : 0);
}

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * Adds up what several runs found.
 *
 * @param {Totals[]} all
 * @returns {Totals}
 */
export function addTotals(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * Counts the report of Vitest's json reporter. A file that fails without reaching a test counts as
 * one failure, or it would go unseen.
 *
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Totals}
 */
export function countVitest({ testResults }) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    for (const result of assertionResults) {
      if (result.status === "passed") total.passed++;
      else if (result.status === "failed") total.failed++;
      else total.skipped++;
    }
    const hasFailedTest = assertionResults.some((result) => result.status === "failed");
    if (status === "failed" && !hasFailedTest) total.failed++;
  }
  return total;
}

/**
 * Counts the report of Playwright's json reporter. A test that passes only when repeated is not
 * one that passes; an error outside of tests counts as one failure.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: unknown[] }} report
 * @returns {Totals}
 */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

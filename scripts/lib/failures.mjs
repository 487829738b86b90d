/** A test that failed: where it is, and the first words of why. @typedef {{ test: string, why: string }} Failure */

/**
 * The failures of a report of Vitest's json reporter.
 *
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: {
 *   status: string, fullName: string, failureMessages?: string[] }[] }[] }} report
 * @returns {Failure[]}
 */
export function listVitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message = "", assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (failed.length === 0) return status === "failed" ? [{ test: name, why: cut(message) }] : [];
    return failed.map(({ fullName, failureMessages = [] }) => ({
      test: `${name} › ${fullName}`,
      why: cut(failureMessages[0] ?? ""),
    }));
  });
}

/**
 * The failures of a report of Playwright's json reporter, and its errors outside of tests.
 *
 * @param {{ suites?: object[], errors: unknown[] }} report
 * @returns {Failure[]}
 */
export function listPlaywrightFailures({ suites = [], errors }) {
  return [
    ...suites.flatMap((suite) => listOfSuite(suite, [])),
    ...errors.map((error) => ({ test: "outside of tests", why: cut(messageOf(error)) })),
  ];
}

/**
 * @param {any} suite
 * @param {string[]} above
 * @returns {Failure[]}
 */
function listOfSuite(suite, above) {
  const titles = [...above, suite.title].filter((title) => title !== "");
  return [
    ...(suite.specs ?? [])
      .filter((/** @type {any} */ spec) => spec.ok === false)
      .map((/** @type {any} */ spec) => ({
        test: [...titles, spec.title].join(" › "),
        why: cut(messageOf(spec.tests?.[0]?.results?.at(-1)?.error)),
      })),
    ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => listOfSuite(inner, titles)),
  ];
}

/** @param {any} error */
const messageOf = (error) => (typeof error?.message === "string" ? error.message : "");

const mostLines = 20;
const mostCharacters = 2000;

/**
 * What can be read at a glance: a few lines, without colours.
 *
 * @param {string} text
 */
function cut(text) {
  const plain = text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
  const lines = plain.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, mostLines).join("\n").slice(0, mostCharacters);
}

/** @typedef {{ type: string, description?: string }} Annotation */
/** @typedef {{ status: string, annotations?: Annotation[] }} Result */
/** @typedef {{ title: string, tests: { results: Result[], annotations: Annotation[] }[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * The figures of a run of the fault suite: how many faults with how many seeds, and what the
 * checker found in all of them, whether or not the test then failed for another reason first.
 *
 * @param {Suite} report of Playwright's json reporter
 */
export function summarizeFaults(report) {
  const specs = listSpecs(report);
  const found = specs.flatMap(({ tests }) =>
    tests.flatMap(({ results, annotations }) =>
      // Playwright lists them with the result and, of the last result, with the test once more.
      (results.at(-1)?.annotations ?? annotations)
        .filter(({ type }) => type === "violations")
        .flatMap(({ description }) => JSON.parse(description ?? "[]")),
    ),
  );
  const count = (/** @type {string} */ kind) =>
    found.filter((violation) => violation.kind === kind).length;
  const faults = new Set(specs.map(({ title }) => title.split(" ")[0]));
  const seeds = new Set(specs.map(({ title }) => /\(seed (\d+)\)$/.exec(title)?.[1]));
  const figures = { lost: count("lost"), duplicated: count("duplicated"), usage: count("usage") };
  return {
    ...figures,
    other: count("other"),
    line:
      `${faults.size} faults × ${seeds.size} seeds, ${figures.lost} lost, ` +
      `${figures.duplicated} duplicated, ${figures.usage} usage errors`,
  };
}

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
function listSpecs({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(listSpecs)];
}

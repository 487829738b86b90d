// npm run check: everything about the code that can be said without running the application.
import "./lib/node-version.mjs";

const { generateIfNeeded } = await import("./lib/generate.mjs");
const { bad, bold, faint, good, headline, say, since } = await import("./lib/report.mjs");
const { runBin } = await import("./lib/run.mjs");

const rooms = ["app", "components", "e2e", "lib", "scripts", "instrumentation.ts", "proxy.ts"];

/** @typedef {(options?: import("./lib/run.mjs").RunOptions) => Promise<number>} Run */
/** @type {Record<string, Run>} */
const generators = {
  "database client": generateIfNeeded,
  "route types": () => runBin("next", ["typegen"]),
};
// Without a cache: what a rule says of a file depends on the types of others. That takes as long as
// all the rest, so it runs beside it.
/** @type {Record<string, Run>} */
const lint = { lint: (to) => runBin("eslint", ["."], to) };
/** @type {Record<string, Run>} */
const readers = {
  format: (to) => runBin("prettier", ["--check", "--log-level", "warn", "--cache", "."], to),
  types: (to) => runBin("typescript/tsc", ["--noEmit", "--pretty"], to),
  rooms: (to) =>
    runBin("dependency-cruiser/depcruise", ["-c", ".dependency-cruiser.mjs", ...rooms], to),
  "house rules": (to) => runBin("tsx", ["scripts/house-rules/main.ts"], to),
  "dead code": (to) => runBin("knip", ["--no-progress"], to),
};
/** By themselves: some measure. @type {Record<string, Run>} */
const tests = {
  "unit tests": () => runBin("vitest", ["run", "--project", "unit"]),
};

const startedAt = performance.now();
for (const [name, run] of Object.entries(generators)) await follow(name, run);
endAt((await Promise.all([tellAtEnds(lint), tellAtEnds(readers)])).flat());
for (const [name, run] of Object.entries(tests)) await follow(name, run);
const count = Object.keys({ ...generators, ...lint, ...readers, ...tests }).length;
say(good(bold(`\nThe check passed: ${count} steps in ${since(startedAt)}.`)));

/** Runs a step that is seen while it runs. @type {(name: string, run: Run) => Promise<void>} */
async function follow(name, run) {
  headline(name);
  const stepStartedAt = performance.now();
  endAt((await run()) === 0 ? [] : [name]);
  say(faint(`  ${since(stepStartedAt)}`));
}

/**
 * Runs steps one after the other, beside other ones, and tells at the end of each what it said.
 *
 * @param {Record<string, Run>} steps
 * @returns {Promise<string[]>} the names of those that failed.
 */
async function tellAtEnds(steps) {
  const failed = [];
  const env = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {};
  for (const [name, run] of Object.entries(steps)) {
    const stepStartedAt = performance.now();
    let said = "";
    const code = await run({ env, tell: (text) => (said += text) });
    headline(name);
    if (said !== "") say(said.trimEnd());
    say(faint(`  ${since(stepStartedAt)}`));
    if (code !== 0) failed.push(name);
  }
  return failed;
}

/** Ends the check where steps have failed. @param {string[]} failed */
function endAt(failed) {
  if (failed.length === 0) return;
  say(bad(bold(`\nThe check failed at: ${failed.join(", ")}.`)));
  process.exit(1);
}

// npm run check: everything about the code that can be said without running the application.
import "./lib/node-version.mjs";

const { generateIfNeeded } = await import("./lib/generate.mjs");
const { bad, bold, faint, good, headline, say, since } = await import("./lib/report.mjs");
const { runBin } = await import("./lib/run.mjs");

const rooms = ["app", "components", "e2e", "lib", "scripts", "instrumentation.ts", "proxy.ts"];

/** @type {[name: string, run: () => Promise<number>][]} */
const steps = [
  ["format", () => runBin("prettier", ["--check", "--log-level", "warn", "--cache", "."])],
  ["database client", generateIfNeeded],
  ["route types", () => runBin("next", ["typegen"])],
  ["types", () => runBin("typescript/tsc", ["--noEmit", "--pretty"])],
  // Without a cache: what a rule says of a file depends on the types of others.
  ["lint", () => runBin("eslint", ["."])],
  [
    "rooms",
    () => runBin("dependency-cruiser/depcruise", ["-c", ".dependency-cruiser.mjs", ...rooms]),
  ],
  ["house rules", () => runBin("tsx", ["scripts/house-rules/main.ts"])],
  ["dead code", () => runBin("knip", ["--no-progress"])],
  ["unit tests", () => runBin("vitest", ["run", "--project", "unit"])],
];

const startedAt = performance.now();
for (const [name, run] of steps) {
  headline(name);
  const stepStartedAt = performance.now();
  const code = await run();
  if (code !== 0) {
    say(bad(bold(`\nThe check failed at: ${name}.`)));
    process.exit(code);
  }
  say(faint(`  ${since(stepStartedAt)}`));
}
say(good(bold(`\nThe check passed: ${steps.length} steps in ${since(startedAt)}.`)));

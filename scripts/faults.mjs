// npm run test:faults: every fault with several seeded timings, and the checker's figures at the end.
import "./lib/node-version.mjs";
import { parseArgs } from "node:util";

const { bad, good, say } = await import("./lib/report.mjs");
const { prepareApplication, runFaults } = await import("./lib/fault-run.mjs");

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: process.env.PARLEY_FAULT_SEEDS ?? "2" },
    /** The first seed: what a failure names repeats it. */
    from: { type: "string", default: process.env.PARLEY_FAULT_SEED_START ?? "1" },
    /** Only the faults whose title has this in it, such as `U-20`. */
    only: { type: "string", default: "" },
    workers: { type: "string", default: process.env.PARLEY_FAULT_WORKERS ?? "3" },
  },
});

const prepared = await prepareApplication();
if (typeof prepared === "string") {
  say(bad(prepared));
  process.exit(1);
}
const { code, figures } = await runFaults({ ...values, browser: prepared.browser });
if (figures === null) {
  say(bad(`The tests ended without a report (exit code ${code}).`));
  process.exit(1);
}
const { line, lost, duplicated, usage, other } = figures;
const isClean = code === 0 && lost + duplicated + usage + other === 0;
if (other > 0) say(bad(`${other} other violations of the invariants`));
if (code !== 0) say(bad("Not every test passed."));
say(isClean ? good(line) : bad(line));
process.exit(isClean ? 0 : 1);

// npm run test:soak: one message a second for minutes, a tenth of them faulty, and then the checker.
import { parseArgs } from "node:util";
import { Stage } from "../e2e/faults/stage";
import { prepareApplication } from "./lib/fault-run.mjs";
import { bad, good, headline, say } from "./lib/report.mjs";
import { slopePerHour } from "./soak/slope";
import { soak, type SoakResult } from "./soak/soak";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("--minutes must be a number above zero.");

const prepared = await prepareApplication();
if (typeof prepared === "string") {
  say(bad(prepared));
  process.exit(1);
}
headline(`Soak: ${String(minutes)} minutes, one message a second, seed ${values.seed}`);
const stage = await Stage.start();
let isStopped = false;
const stop = async () => {
  if (!isStopped) await stage.stop();
  isStopped = true;
};
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stop().then(() => process.exit(130)));
let result: SoakResult;
try {
  result = await soak(stage, minutes, Number(values.seed));
} finally {
  await stop();
}
const { violations, failures, memory, firstWordsMs } = result;
const count = (kind: string) =>
  String(violations.filter((violation) => violation.kind === kind).length);
const warm = memory.slice(Math.floor(memory.length / 4));
const slope = slopePerHour(warm.map(({ atMs, value }) => ({ atMs, value: value / 2 ** 20 })));
const megabytes = (sample: { value: number } | undefined) =>
  sample === undefined ? "?" : (sample.value / 2 ** 20).toFixed(0);
const sorted = firstWordsMs.sort((left, right) => left - right);
const percentile = (share: number) =>
  (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0);
const faulty = [...result.faulty.values()].reduce((sum, times) => sum + times, 0);
for (const [name, times] of [...result.faulty].sort()) say(`  ${name.padEnd(28)} ${String(times)}`);
for (const failure of failures) say(bad(`  did not go well: ${failure.slice(0, 300)}`));
for (const violation of violations) say(bad(`  ${violation.invariant} ${violation.what}`));
const rows: [string, string][] = [
  ["turns", `${String(result.turns)}, ${String(faulty)} of them faulty`],
  ["first word", `${percentile(0.5)} ms (p50), ${percentile(0.95)} ms (p95)`],
  ["memory", `${megabytes(warm[0])} MB after warm-up, ${megabytes(warm.at(-1))} MB at the end`],
  ["slope", slope === null ? "not measured" : `${slope.toFixed(1)} MB/h by least squares`],
  [
    "violations",
    `${count("lost")} lost, ${count("duplicated")} duplicated, ${count("usage")} usage errors, ${count("other")} others`,
  ],
  ["turns that went wrong", String(failures.length)],
];
for (const [name, value] of rows) say(`  ${name.padEnd(28)} ${value}`);
const isClean = violations.length === 0 && failures.length === 0;
say(isClean ? good("The soak passed.") : bad("The soak failed."));
process.exit(isClean ? 0 : 1);

import type { Bench } from "../bench";
import { firstTokenMs, runLoad, type LoadResult, type Target } from "../load";
import { describeFailures } from "../report";
import type { Line } from "../table";

const script = { tokens: 20, perSecond: 0 };

/** Rows 1 and 2: one user's short turns, in time to the first token and in CPU. */
export async function measureTurns(bench: Bench): Promise<Line[]> {
  const count = bench.isQuick ? 60 : 200;
  // In turn and not one after the other, so that a busy minute of the machine meets all alike.
  const rounds = bench.isQuick ? 1 : 4;
  const results = { direct: [], pipe: [], parley: [] } as Record<Target["name"], LoadResult[]>;
  for (let round = 0; round < rounds; round++) {
    for (const target of [bench.direct, bench.pipe, bench.app]) {
      results[target.name].push(await runLoad(target, { script, count: count / rounds }));
    }
  }
  const direct = merge(results.direct);
  const pipe = merge(results.pipe);
  const parley = merge(results.parley);
  const ownMs = firstTokenMs(direct, 0.5);
  const over = (result: LoadResult, share: number) => firstTokenMs(result, share) - ownMs;
  const cpuPerTurnMs = ({ cpuMs, samples }: LoadResult) => cpuMs && cpuMs / samples.length;
  return [
    {
      row: 1,
      what: "first token over the provider's own, p50",
      unit: "ms",
      parley: over(parley, 0.5),
      pipe: over(pipe, 0.5),
      goal: "6",
      note: describeFailures(parley),
    },
    {
      row: 1,
      what: "first token over the provider's own, p95",
      unit: "ms",
      parley: over(parley, 0.95),
      pipe: over(pipe, 0.95),
      direct: over(direct, 0.95),
      goal: "",
      note: `the provider's own: ${ownMs.toFixed(2)} ms`,
    },
    {
      row: 2,
      what: "CPU per turn of 20 tokens",
      unit: "ms",
      parley: cpuPerTurnMs(parley),
      pipe: cpuPerTurnMs(pipe),
      goal: "6",
      note: bench.database.name === "embedded" ? "with the database's" : "without the database's",
    },
  ];
}

function merge(results: readonly LoadResult[]): LoadResult {
  const sum = (read: (result: LoadResult) => number) =>
    results.reduce((total, result) => total + read(result), 0);
  return {
    samples: results.flatMap((result) => result.samples),
    failures: results.flatMap((result) => result.failures),
    relayMs: results.flatMap((result) => result.relayMs),
    wallMs: sum((result) => result.wallMs),
    tokens: sum((result) => result.tokens),
    cpuMs: results.some((result) => result.cpuMs === null)
      ? null
      : sum((result) => result.cpuMs ?? 0),
  };
}

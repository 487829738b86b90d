import type { Bench } from "../bench";
import { firstTokenMs, runLoad, type Load, type LoadResult, type Target } from "../load";
import { describeFailures } from "../report";
import { findKnee, percentile, type LoadStep } from "../statistics";
import type { Line } from "../table";

/** Row 3: long answers as fast as they go, eight at a time. */
export async function measureFlood(bench: Bench): Promise<Line[]> {
  const count = bench.isQuick ? 8 : 32;
  const load: Load = { script: { tokens: 4_000, perSecond: 0 }, count, concurrency: 8 };
  const direct = await runLoad(bench.direct, load);
  const pipe = await runLoad(bench.pipe, load);
  const parley = await runLoad(bench.app, load);
  const perSecond = ({ tokens, wallMs }: LoadResult) => (tokens / wallMs) * 1000;
  return [
    {
      row: 3,
      what: "long streams, one process",
      unit: "tokens/s",
      parley: perSecond(parley),
      pipe: perSecond(pipe),
      direct: perSecond(direct),
      goal: "100,000",
      note: describeFailures(parley),
    },
  ];
}

const paced = { tokens: 150, perSecond: 50 };

/** Row 4: what a token costs when twenty people read along. */
export async function measurePaced(bench: Bench): Promise<Line[]> {
  const count = bench.isQuick ? 20 : 60;
  const load: Load = { script: paced, count, concurrency: 20, rampMs: 3_000 };
  const pipe = await runLoad(bench.pipe, load);
  const parley = await runLoad(bench.app, load);
  const perToken = ({ cpuMs, tokens }: LoadResult) => cpuMs && (cpuMs / tokens) * 1000;
  const relay = ({ relayMs }: LoadResult) => percentile(relayMs, 0.95);
  return [
    {
      row: 4,
      what: "CPU per token, 20 streams of 50 tokens/s",
      unit: "µs",
      parley: perToken(parley),
      pipe: perToken(pipe),
      goal: "220",
      note: describeFailures(parley),
    },
    {
      row: 4,
      what: "each token's way through, p95",
      unit: "ms",
      parley: relay(parley),
      pipe: relay(pipe),
      goal: "",
    },
  ];
}

const streamCounts = [10, 20, 30, 40, 50, 60, 80, 100, 125, 150, 200];
const quickStreamCounts = [20, 40, 60, 100];

/** Row 5: how many may read along before the first token takes twice as long. */
export async function measureKnee(bench: Bench): Promise<Line[]> {
  const parley = await climb(bench, bench.app);
  const pipe = await climb(bench, bench.pipe);
  return [
    {
      row: 5,
      what: "streams of 50 tokens/s until p95 first token doubles",
      unit: "streams",
      parley: parley.streams,
      pipe: pipe.streams,
      goal: "100",
      note: [describeClimb("Parley", parley), describeClimb("pipe", pipe)].join("; "),
    },
  ];
}

type Climb = { streams: number; isReached: boolean; idleMs: number };

async function climb(bench: Bench, target: Target): Promise<Climb> {
  // Short, so that thirty of them do not take minutes: a first token knows nothing of the length.
  const idle = { script: { tokens: 25, perSecond: 50 }, count: bench.isQuick ? 15 : 30 };
  const idleMs = firstTokenMs(await runLoad(target, idle), 0.95);
  const steps: LoadStep[] = [{ streams: 1, p95Ms: idleMs }];
  for (const streams of bench.isQuick ? quickStreamCounts : streamCounts) {
    const count = Math.max(40, streams * 2);
    const load = { script: paced, count, concurrency: streams, rampMs: 3_000 };
    steps.push({ streams, p95Ms: firstTokenMs(await runLoad(target, load), 0.95) });
    const knee = findKnee(steps);
    if (knee.isReached && steps.length - steps.findIndex((s) => s.streams === knee.streams) > 2) {
      break;
    }
  }
  return { ...findKnee(steps), idleMs };
}

function describeClimb(name: string, { isReached, idleMs }: Climb): string {
  return `${name} idle p95 ${idleMs.toFixed(1)} ms${isReached ? "" : ", not reached"}`;
}

/** Row 14: a ninth person's first token while eight answers come as fast as they go. */
export async function measureFairness(bench: Bench): Promise<Line[]> {
  const count = bench.isQuick ? 8 : 25;
  const direct = await probe(bench.direct, count);
  const pipe = await probe(bench.pipe, count);
  const parley = await probe(bench.app, count);
  return [
    {
      row: 14,
      what: "first token of a ninth beside eight floods, p50",
      unit: "ms",
      parley: firstTokenMs(parley, 0.5),
      pipe: firstTokenMs(pipe, 0.5),
      direct: firstTokenMs(direct, 0.5),
      goal: "50",
      note: `Parley p95 ${firstTokenMs(parley, 0.95).toFixed(0)} ms`,
    },
  ];
}

async function probe(target: Target, count: number): Promise<LoadResult> {
  const script = { tokens: 4_000, perSecond: 0 };
  const flood = { isOver: false };
  const floods = Array.from({ length: 8 }, async () => {
    while (!flood.isOver) await runLoad(target, { script, count: 1 });
  });
  try {
    return await runLoad(target, { script: { tokens: 1, perSecond: 0 }, count });
  } finally {
    flood.isOver = true;
    await Promise.all(floods);
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { startPipe, type Bench } from "../bench";
import { runTurn, type Target } from "../load";
import { writeScript } from "../script";
import { median } from "../statistics";
import type { Line } from "../table";
import { readUsage } from "../usage";

/** Row 6: what a hundred streams cost that are held open and say a word now and then. */
export async function measureMemory(bench: Bench): Promise<Line[]> {
  const [few, many] = bench.isQuick ? ([50, 150] as const) : ([100, 400] as const);
  const perHundred = async (target: Target) => {
    // The difference of two levels: what the first streams warm up is no stream's own.
    const low = await holdStreams(target, few);
    const high = await holdStreams(target, many);
    return low === null || high === null ? null : ((high - low) / (many - few)) * 100;
  };
  // Both fresh: a process that has held as many before has the memory already.
  await bench.restart();
  const pipe = await perHundred(await startPipe(bench.settings.upstreamPort));
  const parley = await perHundred(bench.app);
  return [{ row: 6, what: "memory per 100 held streams", unit: "MB", parley, pipe, goal: "25" }];
}

const holdMs = 12_000;

/** The median memory, in MB, of the target's process while so many streams are open. */
async function holdStreams(target: Target, count: number): Promise<number | null> {
  const pid = target.pid();
  if (pid === null || readUsage(pid) === null) return null;
  const rampMs = count * 20;
  const tokens = Math.ceil((rampMs + holdMs) / 1000) + 2;
  const prompt = writeScript({ tokens, perSecond: 1 });
  const turns: Promise<unknown>[] = [];
  for (let index = 0; index < count; index++) {
    turns.push(runTurn(target.turn(prompt)));
    await sleep(rampMs / count);
  }
  const ended = Promise.all(turns);
  const samples: number[] = [];
  for (let at = 0; at < holdMs; at += 500) {
    samples.push(readUsage(pid)?.rssMb ?? Number.NaN);
    // A turn that fails must be heard at once, not after the wait.
    await Promise.race([sleep(500), ended]);
  }
  await ended;
  return median(samples);
}

import type { Bench } from "../bench";
import { median } from "../statistics";
import type { Line } from "../table";

/** Row 13: a second start, until the first page is there. Leaves a fresh server behind. */
export async function measureStart(bench: Bench): Promise<Line[]> {
  const seconds: number[] = [];
  for (let run = 0; run < (bench.isQuick ? 2 : 5); run++) {
    await bench.restart();
    seconds.push(bench.app.startMs / 1000);
  }
  return [
    {
      row: 13,
      what: "start of the process to its first page",
      unit: "s",
      parley: median(seconds),
      goal: "1.2",
      note: `of ${seconds.length}: ${seconds.map((value) => value.toFixed(2)).join(", ")}`,
    },
  ];
}

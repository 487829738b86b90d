import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Bench } from "../bench";
import { startChild } from "../children";
import type { HoldFigures, PhaseFigures } from "../holds";
import { startRoundTripCounter } from "../round-trip-counter";
import type { Line } from "../table";

/** Row 16: what it takes to hold a call in three budgets, and to settle it, each by itself. */
export async function measureHolds({ database }: Bench): Promise<Line[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-holds-"));
  try {
    if (database.url === "") return describe(await run(dataDir, ""), () => "embedded");
    const url = new URL(database.url);
    const counter = await startRoundTripCounter(url);
    const counted = new URL(url);
    counted.hostname = "127.0.0.1";
    counted.port = String(counter.port);
    try {
      const figures = await run(dataDir, counted.href);
      return describe(figures, ({ fromMicros, toMicros }) => {
        const trips = counter.count(fromMicros, toMicros).all / figures.calls;
        return `${trips.toFixed(1)} round trips in one transaction`;
      });
    } finally {
      counter.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function run(dataDir: string, url: string): Promise<HoldFigures> {
  const script = new URL("../holds.ts", import.meta.url).pathname;
  const args = ["--conditions=react-server", "--import", "tsx", script, dataDir, url];
  const child = startChild(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const output = child.stdout === null ? Promise.resolve("") : text(child.stdout);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error("holds could not be measured");
  return JSON.parse(await output) as HoldFigures;
}

function describe(figures: HoldFigures, note: (phase: PhaseFigures) => string): Line[] {
  const line = { row: 16, unit: "ms", goal: "1 transaction each" } as const;
  return [
    { ...line, what: "holding a call", parley: figures.hold.medianMs, note: note(figures.hold) },
    { ...line, what: "settling it", parley: figures.settle.medianMs, note: note(figures.settle) },
  ];
}

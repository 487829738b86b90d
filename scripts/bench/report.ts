import os from "node:os";
import type { BenchDatabase } from "./database";
import type { LoadResult } from "./load";

/** What went wrong in a load, in a few words; empty when nothing did. */
export function describeFailures({ failures }: LoadResult): string {
  if (failures.length === 0) return "";
  return `${failures.length} FAILED: ${[...new Set(failures)].slice(0, 3).join("; ")}`;
}

/** The machine in one line: figures mean nothing without it. */
export function describeMachine(database: BenchDatabase): string {
  const [cpu] = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 1024 ** 3);
  const load = os.loadavg().map((value) => value.toFixed(1));
  return (
    `${os.availableParallelism()} cores (${cpu?.model.trim() ?? "unknown"}), ${gigabytes} GB, ` +
    `load ${load.join(" ")}; Node ${process.version}; database: ${database.name}`
  );
}

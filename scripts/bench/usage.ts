import { readdirSync, readFileSync } from "node:fs";

/** CPU time used so far and memory held now, of a process and its children. */
export type Usage = { cpuMs: number; rssMb: number };

// What the kernel counts processor time in, as /proc shows it.
const ticksPerSecond = 100;

/** Null where there is no /proc, as on macOS. */
export function readUsage(pid: number): Usage | null {
  try {
    return processTree(pid)
      .map(readOne)
      .reduce((sum, one) => ({ cpuMs: sum.cpuMs + one.cpuMs, rssMb: sum.rssMb + one.rssMb }));
  } catch {
    return null;
  }
}

function readOne(pid: number): Usage {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  const rssKb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return { cpuMs: (ticks * 1000) / ticksPerSecond, rssMb: rssKb / 1024 };
}

function processTree(pid: number): number[] {
  const tasks = `/proc/${String(pid)}/task`;
  const children = readdirSync(tasks).flatMap((task) =>
    readFileSync(`${tasks}/${task}/children`, "utf8").split(/\s+/).filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

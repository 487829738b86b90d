import { fork, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

// The server gives itself five seconds to end in order.
const graceMs = 8_000;

const running = new Set<ChildProcess>();
let isEnding = false;

/** Starts a process that ends with the bench, however that ends. */
export function startChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  requireGoingOn();
  return keep(spawn(command, args, options));
}

/** A part of the bench in a process of its own. */
export type Part = { pid: number; port: number };

/** Runs `main.ts ROLE` beside this process and waits until it listens. */
export async function startPart(role: string, args: readonly string[] = []): Promise<Part> {
  requireGoingOn();
  const main = new URL("main.ts", import.meta.url);
  const child = keep(fork(main, [role, ...args]));
  const [port] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`The bench's ${role} did not start.`);
    }),
  ])) as [number];
  return { pid: requirePid(child), port };
}

export function requirePid({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("A process did not start.");
  return pid;
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited;
  clearTimeout(timer);
}

/** Ends every process, and lets no other start. */
export async function stopChildren(): Promise<void> {
  isEnding = true;
  await Promise.race([Promise.all([...running].map(stopChild)), sleep(graceMs + 1_000)]);
}

function requireGoingOn(): void {
  if (isEnding) throw new Error("The bench is ending.");
}

function keep(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

import { Agent, request as send } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { nowMicros, StampReader } from "./clock";
import { writeScript, type Script } from "./script";
import { percentile } from "./statistics";
import { readUsage } from "./usage";

export type HttpTurn = { url: string; headers: Record<string, string>; body: string };

/** Something that answers a prompt with a stream of stamped tokens. */
export type Target = {
  name: "direct" | "pipe" | "parley";
  /** The process whose CPU and memory count; null when nothing is between us and the upstream. */
  pid: () => number | null;
  turn: (prompt: string) => HttpTurn;
};

export type Sample = { firstTokenMs: number; totalMs: number; tokens: number };

export type Load = {
  script: Script;
  count: number;
  /** Users at a time, each with one turn at a time. */
  concurrency?: number;
  /** Spreads the users' first turns. */
  rampMs?: number;
};

export type LoadResult = {
  samples: Sample[];
  failures: string[];
  wallMs: number;
  tokens: number;
  /** From each token's leaving the upstream to its arrival here. */
  relayMs: number[];
  /** CPU time of the target's process meanwhile. */
  cpuMs: number | null;
};

const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024 });
const turnTimeoutMs = 120_000;

/** Runs a closed loop of turns: every user waits for an answer's end before the next turn. */
export async function runLoad(target: Target, load: Load): Promise<LoadResult> {
  const { count, concurrency = 1, rampMs = 0 } = load;
  const samples: Sample[] = [];
  const failures: string[] = [];
  const relayMs: number[] = [];
  const prompt = writeScript(load.script);
  const pid = target.pid();
  const before = pid === null ? null : readUsage(pid);
  const startedAt = performance.now();
  let started = 0;
  const user = async (index: number) => {
    await sleep((rampMs * index) / concurrency);
    while (started < count) {
      started += 1;
      try {
        const sample = await runTurn(target.turn(prompt), { onRelay: (ms) => relayMs.push(ms) });
        if (sample.tokens !== load.script.tokens) {
          failures.push(`${sample.tokens} tokens instead of ${load.script.tokens}`);
        }
        samples.push(sample);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(concurrency, count) }, (_, index) => user(index)),
  );
  const wallMs = performance.now() - startedAt;
  const after = pid === null ? null : readUsage(pid);
  return {
    samples,
    failures,
    wallMs,
    tokens: samples.reduce((sum, { tokens }) => sum + tokens, 0),
    relayMs,
    cpuMs: before === null || after === null ? null : after.cpuMs - before.cpuMs,
  };
}

/** A percentile of the time from sending a turn to its first token. */
export function firstTokenMs({ samples }: LoadResult, share: number): number {
  return percentile(
    samples.map((sample) => sample.firstTokenMs),
    share,
  );
}

type Watch = {
  onRelay?: (ms: number) => void;
  onFirstToken?: (sentAtMicros: number) => void;
  signal?: AbortSignal;
};

/** Sends one turn and reads its answer to the end. @throws Error when it fails or has no token. */
export function runTurn(turn: HttpTurn, watch: Watch = {}): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const startedAt = nowMicros();
    const reader = new StampReader();
    let first = 0;
    let tokens = 0;
    const { signal } = watch;
    const request = send(
      turn.url,
      {
        method: "POST",
        agent,
        timeout: turnTimeoutMs,
        headers: { ...turn.headers, "content-length": Buffer.byteLength(turn.body) },
        ...(signal && { signal }),
      },
      (response) => {
        response.setEncoding("latin1");
        response.on("data", (piece: string) => {
          const now = nowMicros();
          for (const sentAt of reader.take(piece)) {
            tokens += 1;
            if (first === 0) {
              first = now;
              watch.onFirstToken?.(sentAt);
            }
            watch.onRelay?.((now - sentAt) / 1000);
          }
        });
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode !== 200) {
            reject(new Error(`status ${String(response.statusCode)}`));
          } else if (first === 0) {
            reject(new Error("an answer without a token"));
          } else {
            const micros = { first: first - startedAt, total: nowMicros() - startedAt };
            resolve({ firstTokenMs: micros.first / 1000, totalMs: micros.total / 1000, tokens });
          }
        });
      },
    );
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.on("error", reject);
    request.end(turn.body);
  });
}

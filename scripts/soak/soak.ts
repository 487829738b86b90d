import { setTimeout as sleep } from "node:timers/promises";
import { readProcessFigures } from "../../e2e/fixtures/process-figures";
import type { Violation } from "../../e2e/faults/invariants";
import { Random } from "../../e2e/faults/random";
import { answerWords } from "../../e2e/faults/scripts";
import type { Stage } from "../../e2e/faults/stage";
import { Talk } from "../../e2e/faults/talk";
import { World } from "../../e2e/faults/world";
import type { Sample } from "./slope";
import { troubles } from "./troubles";

const users = 5;
const faultyShare = 0.1;
const everyMs = 1_000;
const sampleEveryMs = 2_000;
// A conversation has its end, or each turn would cost more than the one before.
const turnsOfTalk = 20;

export type SoakResult = {
  turns: number;
  faulty: Map<string, number>;
  /** Turns that did not go as they should, by their own word. */
  failures: string[];
  violations: Violation[];
  /** Milliseconds to the first word of the turns without a fault. */
  firstWordsMs: number[];
  /** Bytes in memory. */
  memory: Sample[];
};

/** Takes one turn a second for so long, a tenth of them faulty, and judges everything at the end. */
export async function soak(stage: Stage, minutes: number, seed: number): Promise<SoakResult> {
  const random = new Random("soak", seed);
  const world = new World(stage, random);
  const people = await Promise.all(
    Array.from({ length: users }, (_, index) => stage.welcome(`user-${String(index)}`)),
  );
  await stage.app.admin.send("PATCH", "/api/admin/settings", { idleTimeoutSeconds: 2 });
  const result: SoakResult = {
    turns: 0,
    faulty: new Map(),
    failures: [],
    violations: [],
    firstWordsMs: [],
    memory: [],
  };
  const idle: Talk[] = [];
  const running = new Set<Promise<void>>();
  const startedMs = performance.now();
  const sampling = setInterval(() => {
    const figures = readProcessFigures(stage.app.process.pid ?? 0);
    if (figures !== null)
      result.memory.push({ atMs: performance.now() - startedMs, value: figures.residentBytes });
  }, sampleEveryMs);

  const takeTurn = async () => {
    const talk =
      idle.splice(random.between(0, Math.max(0, idle.length - 1)), 1)[0] ??
      world.add(new Talk(stage.app, people[random.between(0, users - 1)]?.api ?? stage.member));
    try {
      await takeOneTurn(talk, stage, random, result);
    } catch (error) {
      result.failures.push(String(error));
    }
    if (talk.sent.length < turnsOfTalk) idle.push(talk);
  };
  for (let tick = 1; tick <= minutes * 60; tick += 1) {
    const turn = takeTurn().finally(() => running.delete(turn));
    running.add(turn);
    await sleep(Math.max(0, startedMs + tick * everyMs - performance.now()));
  }
  await Promise.all(running);
  clearInterval(sampling);
  result.violations = await world.findViolations();
  return result;
}

async function takeOneTurn(
  talk: Talk,
  stage: Stage,
  random: Random,
  result: SoakResult,
): Promise<void> {
  result.turns += 1;
  if (random.next() < faultyShare) {
    const names = Object.keys(troubles);
    const name = names[random.between(0, names.length - 1)] ?? "";
    result.faulty.set(name, (result.faulty.get(name) ?? 0) + 1);
    try {
      await troubles[name]?.(talk, random, stage);
    } catch (error) {
      throw new Error(`${name}: ${String(error)}`, { cause: error });
    }
    return;
  }
  talk.play(answerWords(random.between(5, 150), random.pick([50, 100, 200])));
  const sentMs = performance.now();
  const reader = await talk.send();
  await reader.waitForEnd();
  if (reader.metadata?.status !== "complete")
    throw new Error(`a turn without a fault: ${JSON.stringify(reader.metadata)}`);
  result.firstWordsMs.push((reader.firstTextMs ?? Number.NaN) - sentMs);
}

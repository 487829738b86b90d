import "server-only";
import { countTokens } from "@/lib/domain/tokens/count-text";
import { saveCheckpoints, type Checkpoint } from "../db/checkpoints";
import { isDatabaseUnavailable } from "../db/unavailable";
import { logger } from "../logger";
import { within } from "../within";
import type { LiveAnswer } from "./live-answer";

const everyMs = 1_000;
// A silent model must not look like a dead server: life is told without new text too.
const beatEveryMs = 10_000;
const saveForMs = 25_000;
/** So that many long answers at once do not become one huge statement. */
const charactersAtOnce = 4_000_000;

const system = { system: "checkpoints" };

/** What was saved of an answer last. */
type Saved = { length: number; outputTokens: number; atMs: number };

type Due = { answer: LiveAnswer; length: number; checkpoint: Checkpoint; characters: number };

/**
 * Saves every live answer of this process once a second, all in one statement, and never while the
 * last one is still on its way.
 */
export class CheckpointRounds {
  private readonly own: () => LiveAnswer[];
  private readonly watches: boolean;
  private readonly saved = new WeakMap<LiveAnswer, Saved>();
  private timer: NodeJS.Timeout | null = null;
  private isSaving = false;

  /** @param watches whether somebody may ask to stop through the database: another instance. */
  constructor(own: () => LiveAnswer[], watches: boolean) {
    this.own = own;
    this.watches = watches;
  }

  /** Begins; ends by itself when nothing is live. */
  start(): void {
    this.timer ??= setInterval(() => void this.run(), everyMs).unref();
  }

  /** One round. Never throws: the streams go on, and the next round tries again. */
  async run(): Promise<void> {
    const own = this.own();
    const writing = own.filter(({ current }) => !current.isOver);
    if (own.length === 0 && this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
    }
    if (this.isSaving || own.length === 0) return;
    this.isSaving = true;
    try {
      // What has ended but is not stored yet is alive: nobody else may close it.
      const due = own.flatMap((answer) => this.findDue(answer) ?? []);
      const watched = this.watches ? writing : [];
      if (due.length > 0 || watched.length > 0) await this.save(due, watched);
    } catch (error) {
      logger().warn({ error, answers: own.length }, "checkpoint failed");
    } finally {
      this.isSaving = false;
    }
  }

  private findDue(answer: LiveAnswer): Due | null {
    const now = Date.now();
    const { length } = answer;
    const before = this.saved.get(answer) ?? {
      length: answer.continuedLength,
      outputTokens: 0,
      atMs: 0,
    };
    const hasNews = length > before.length;
    if (!hasNews && now - before.atMs < beatEveryMs) return null;
    const fresh = hasNews ? answer.since(before.length) : [];
    const outputTokens = fresh.reduce(
      (sum, { delta }) => sum + countTokens(delta),
      before.outputTokens,
    );
    const parts = hasNews ? answer.parts() : null;
    return {
      answer,
      length,
      characters: parts?.reduce((sum, { text }) => sum + text.length, 0) ?? 0,
      checkpoint: {
        generationId: answer.generationId,
        userId: answer.actor.userId,
        parts,
        inputTokens: answer.inputTokens,
        outputTokens,
      },
    };
  }

  private async save(due: readonly Due[], watched: readonly LiveAnswer[]): Promise<void> {
    const ids = watched.map(({ generationId }) => generationId);
    const batches = splitBatches(due);
    for (const [index, batch] of batches.entries()) {
      const toStop = await this.saveBatch(batch, index === 0 ? ids : []);
      for (const answer of watched)
        if (toStop.includes(answer.generationId)) answer.abort("user_stop");
    }
  }

  private async saveBatch(batch: readonly Due[], watched: string[]): Promise<string[]> {
    const checkpoints = batch.map(({ checkpoint }) => checkpoint);
    try {
      const toStop = await within(saveCheckpoints(system, checkpoints, watched), saveForMs);
      const atMs = Date.now();
      for (const { answer, length, checkpoint } of batch)
        this.saved.set(answer, { length, outputTokens: checkpoint.outputTokens, atMs });
      return toStop;
    } catch (error) {
      if (batch.length < 2 || isDatabaseUnavailable(error)) throw error;
      // One of them may be what the database can't take: not all shall suffer.
      for (const due of batch)
        await this.saveBatch([due], watched).catch((cause: unknown) => {
          logger().warn({ error: cause, answerId: due.answer.id }, "checkpoint failed");
        });
      return [];
    }
  }
}

/** At least one batch, since somebody may have to be watched. */
function splitBatches(due: readonly Due[]): Due[][] {
  const batches: Due[][] = [[]];
  let characters = 0;
  for (const one of due) {
    characters += one.characters;
    if (characters > charactersAtOnce) {
      batches.push([]);
      characters = one.characters;
    }
    batches.at(-1)?.push(one);
  }
  return batches;
}

import "server-only";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { TurnToClose } from "../db/close-turn";
import { env } from "../env";
import { logger } from "../logger";
import { singleton } from "../singleton";
import { readKeptTurn } from "./kept-turn";

/** A turn that is not stored yet; in a file too once that took too long. */
export type UnsavedTurn = { turn: TurnToClose; timer: NodeJS.Timeout; file: string | null };

const unsavedTurns = () => singleton("unsaved-turns", () => new Set<UnsavedTurn>());

const directory = () => path.join(env().dataDir, "unsaved");

/** Keeps a turn until it is forgotten: in memory, and after `afterMs` in a file of DATA_DIR too. */
export function keepUnsaved(turn: TurnToClose, afterMs: number): UnsavedTurn {
  const unsaved: UnsavedTurn = {
    turn,
    file: null,
    timer: setTimeout(() => {
      writeUnsaved(unsaved);
    }, afterMs).unref(),
  };
  unsavedTurns().add(unsaved);
  return unsaved;
}

/** It is stored: nothing of it is needed any more. */
export async function forgetUnsaved(unsaved: UnsavedTurn): Promise<void> {
  clearTimeout(unsaved.timer);
  unsavedTurns().delete(unsaved);
  if (unsaved.file !== null) await rm(unsaved.file, { force: true });
}

/** Writes all that is not stored yet into files, for the next start. */
export function keepAllUnsaved(): void {
  for (const unsaved of unsavedTurns()) writeUnsaved(unsaved);
}

function writeUnsaved(unsaved: UnsavedTurn): void {
  if (unsaved.file !== null) return;
  const { generationId, answerId } = unsaved.turn;
  try {
    mkdirSync(directory(), { recursive: true, mode: 0o700 });
    const file = path.join(directory(), `${generationId}.json`);
    // Half a file must never be found: written beside, then put in place.
    writeFileSync(`${file}.part`, JSON.stringify(unsaved.turn), { mode: 0o600, flush: true });
    renameSync(`${file}.part`, file);
    unsaved.file = file;
  } catch (error) {
    logger().error({ error, answerId }, "an answer could not be kept in a file");
  }
}

/**
 * Stores what an earlier process could not, and removes its files.
 *
 * @throws what `close` throws; what is left then waits for the next time.
 */
export async function closeKeptTurns(close: (turn: TurnToClose) => Promise<void>): Promise<void> {
  for (const file of findFiles()) {
    const turn = readTurn(file);
    if (turn === null) {
      renameSync(file, `${file}.unreadable`);
      continue;
    }
    await close(turn);
    rmSync(file, { force: true });
    logger().info({ answerId: turn.answerId }, "an answer of an earlier process is saved");
  }
}

function findFiles(): string[] {
  try {
    const names = readdirSync(directory()).filter((name) => name.endsWith(".json"));
    return names.map((name) => path.join(directory(), name));
  } catch {
    return [];
  }
}

function readTurn(file: string): TurnToClose | null {
  try {
    return readKeptTurn(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    logger().error({ error, file: path.basename(file) }, "a kept answer can't be read");
    return null;
  }
}

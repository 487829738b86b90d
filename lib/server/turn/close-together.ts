import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { closeTurns, type TurnToClose } from "../db/close-turn";
import { isDatabaseUnavailable } from "../db/unavailable";
import { singleton } from "../singleton";
import { lifecycle } from "../start/lifecycle";

const gatherMs = 50;
const system = { system: "turn" };

type Gathering = { turns: TurnToClose[]; closed: Promise<void> };

const state = () =>
  singleton<{ gathering: Gathering | null }>("closing", () => ({ gathering: null }));

/**
 * Closes a turn. While the process stops, all of its turns end at once and time is short: they are
 * gathered for a moment and closed with one statement.
 */
export function closeTogether(turn: TurnToClose): Promise<void> {
  if (lifecycle().phase !== "stopping") return closeTurns(system, [turn]);
  const gathering = (state().gathering ??= gather());
  gathering.turns.push(turn);
  return gathering.closed;
}

function gather(): Gathering {
  const turns: TurnToClose[] = [];
  const close = async () => {
    await sleep(gatherMs);
    state().gathering = null;
    try {
      await closeTurns(system, turns);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      // One of them may be what the database can't take: not all shall suffer.
      await Promise.all(turns.map((turn) => closeTurns(system, [turn])));
    }
  };
  return { turns, closed: close() };
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { closeTurns, type TurnToClose } from "../db/close-turn";
import { isDatabaseUnavailable } from "../db/unavailable";
import { publishEvent } from "../events/publish";
import { singleton } from "../singleton";
import { lifecycle } from "../start/lifecycle";

const gatherMs = 50;
const system = { system: "turn" };

type Gathering = { turns: TurnToClose[]; closed: Promise<void> };

const state = () =>
  singleton<{ gathering: Gathering | null }>("closing", () => ({ gathering: null }));

/**
 * Closes turns with one statement. While the process stops, all of its turns end at once and time is
 * short: they are gathered for a moment.
 */
export function closeTogether(turns: readonly TurnToClose[]): Promise<void> {
  if (lifecycle().phase !== "stopping") return closeAndTell(turns);
  const gathering = (state().gathering ??= gather());
  gathering.turns.push(...turns);
  return gathering.closed;
}

function gather(): Gathering {
  const turns: TurnToClose[] = [];
  const close = async () => {
    await sleep(gatherMs);
    state().gathering = null;
    try {
      await closeAndTell(turns);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      // One of them may be what the database can't take: not all shall suffer.
      await Promise.all(turns.map((turn) => closeAndTell([turn])));
    }
  };
  return { turns, closed: close() };
}

/** The owners' browsers hear that nothing is written in these conversations any more. */
async function closeAndTell(turns: readonly TurnToClose[]): Promise<void> {
  for (const conversation of await closeTurns(system, turns)) {
    const turn = turns.find(({ conversationId }) => conversationId === conversation.id);
    if (turn !== undefined) publishEvent(turn.userId, { type: "conversation", conversation });
  }
}

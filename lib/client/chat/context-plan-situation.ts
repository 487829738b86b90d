import type { ConversationState } from "./conversation-state";
import { endOf } from "./message-window";

/** What a plan depends on beside the draft. */
export type Situation = {
  id: string;
  modelId: string | null;
  /** The aliases that answer side by side; empty where one answers. */
  compared: readonly string[];
  /** Whether the server knows what is on the page, so that it can be asked. */
  isSettled: boolean;
  parts: readonly unknown[];
};

/** Looks at a conversation for what its plan depends on; cheap, since every paint of an answer asks. */
export function readSituation(
  state: ConversationState,
  { modelId, revision }: { modelId: string | null; revision: number },
): Situation {
  const { id, isSaved, isLoaded, turn, choosing, systemPrompt, parameters, contextPolicy } = state;
  const leaf = endOf(state).at(-1);
  const isLive = turn.phase === "answering" || turn.phase === "reconnecting";
  const isSettled = isLoaded && choosing === null && (turn.phase === "idle" || isLive);
  const settings = [systemPrompt, parameters, contextPolicy];
  // One alone answers as if it had been picked.
  const compared = state.compared.length < 2 ? [] : state.compared;
  const asked = compared.length === 0 ? modelId : compared.join("+");
  return {
    ...{ id, modelId, compared, isSettled },
    parts: [id, isSaved, isSettled, isLive, asked, revision, leaf?.id, leaf?.status, ...settings],
  };
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** The same for the same situation. Objects count as the same while they are one. */
export function situationKey({ parts }: Situation): string {
  return parts.map(nameOf).join("|");
}

function nameOf(part: unknown): string {
  if (typeof part !== "object" || part === null) return String(part);
  const number = numbers.get(part) ?? ++lastNumber;
  numbers.set(part, number);
  return `#${String(number)}`;
}

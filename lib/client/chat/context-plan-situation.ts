import type { ConversationState } from "./conversation-state";
import { endOf } from "./message-window";

/** What a plan depends on beside the draft. */
export type Situation = {
  id: string;
  modelId: string | null;
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
  return {
    id,
    modelId,
    isSettled,
    parts: [id, isSaved, isSettled, isLive, modelId, revision, leaf?.id, leaf?.status, ...settings],
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

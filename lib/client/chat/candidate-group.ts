import type { Candidate } from "@/lib/contracts/chat";
import type { Candidates, Message } from "@/lib/contracts/messages";
import type { LiveAnswer } from "./answer-reducer";
import { sizeOf, textOf, type CandidateView, type SideBySide } from "./conversation-state";

export const isLive = ({ message }: CandidateView): boolean => message.status === "streaming";

/** The group that an answer begins; what is known of it already stays. */
export function beginGroup(started: LiveAnswer, known: SideBySide | null): SideBySide | null {
  const groupId = started.candidates[0]?.messageId;
  if (groupId === undefined) return null;
  if (known?.groupId === groupId) return updateGroup(known, started);
  const candidates = started.candidates.map((one) => expect(started.message, one));
  return updateGroup({ groupId, candidates }, started);
}

function expect(
  like: Message,
  { messageId, generationId, modelId, model }: Candidate,
): CandidateView {
  const { parentId, siblingIds, candidateGroup, createdAt } = like;
  return {
    message: {
      id: messageId,
      parentId,
      role: "assistant",
      parts: [],
      status: "streaming",
      errorCode: null,
      errorDetails: null,
      siblingIds,
      model,
      context: "auto",
      isEdited: false,
      failover: null,
      candidateGroup,
      usage: null,
      budgetLimit: null,
      createdAt,
    },
    modelId,
    generationId,
    figures: null,
    retry: null,
  };
}

/** Takes over what came of one of them. A replay that is still behind takes no text away. */
export function updateGroup(group: SideBySide, answer: LiveAnswer): SideBySide {
  const { message, generationId, figures, retry } = answer;
  return {
    ...group,
    candidates: group.candidates.map((one) => {
      if (one.message.id !== message.id || isBehind(message, one.message)) return one;
      const isOver = message.status !== "streaming";
      return { ...one, message, generationId: isOver ? null : generationId, figures, retry };
    }),
  };
}

/** The group as the server has it; what streams here is ahead of that. */
export function takeStored(
  { candidates }: Candidates,
  known: SideBySide | null,
): SideBySide | null {
  const groupId = candidates[0]?.message.candidateGroup ?? null;
  if (groupId === null) return null;
  const before = known?.groupId === groupId ? known.candidates : [];
  return {
    groupId,
    candidates: candidates.map(({ message, modelId, figures }) => {
      const mine = before.find((one) => one.message.id === message.id);
      if (mine !== undefined && (!isLive(mine) || isBehind(message, mine.message)))
        return {
          ...mine,
          figures: figures ?? mine.figures,
          message: { ...mine.message, usage: message.usage ?? mine.message.usage },
        };
      const generationId = mine?.generationId ?? null;
      return { message, modelId, figures, generationId, retry: null };
    }),
  };
}

const isBehind = (fresh: Message, shown: Message) =>
  fresh.status === "streaming" && sizeOf(fresh) < sizeOf(shown);

/** The one that a conversation goes on with while nobody has chosen. */
export function findWhole({ candidates }: SideBySide): Message | null {
  return candidates.find(({ message }) => message.status === "complete")?.message ?? null;
}

/**
 * Where nothing came of any of them: the one that the conversation ends with, to ask again in its
 * place. Null while one is being written, has something to go on with, or more was said since.
 */
export function findLost({ candidates }: SideBySide, messages: readonly Message[]): Message | null {
  if (candidates.some((one) => isLive(one) || textOf(one.message) !== "")) return null;
  const last = messages.at(-1);
  const isOfThem = candidates.some(({ message }) => message.id === last?.id);
  return isOfThem ? (last ?? null) : null;
}

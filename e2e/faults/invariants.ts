import { textOfRow, type AttemptRow, type GenerationRow, type MessageRow, type Rows } from "./rows";
import { wordsOf } from "@/lib/domain/conversation/words-of";

/** A message that somebody sent. */
export type SentMessage = {
  id: string;
  text: string;
  /** Whether the server said that it has it. */
  isAcknowledged: boolean;
  /** How many answers were asked for: one, and one more for each time it is made anew. */
  answersAsked: number;
};

/** What is known about a conversation from outside of the database. */
export type Evidence = {
  conversationId: string;
  sent: readonly SentMessage[];
  /** What readers had on their screens, by the answer's id. */
  shown: readonly { messageId: string; text: string }[];
  /** Requests about it that the provider received. */
  callCount: number;
  /** How many tries may be booked that the provider never saw, such as a connection refused. */
  unseenCalls: number;
  /** Whether the server was killed, so that what came since the last checkpoint may be gone. */
  wasKilled: boolean;
};

export type ViolationKind = "lost" | "duplicated" | "usage" | "other";
export type Violation = { invariant: string; kind: ViolationKind; what: string };

/** The characters that a crash may cost: what comes between two checkpoints. */
const checkpointCharacters = 500;

/**
 * What is wrong with a conversation at rest: the invariants of the fault suite, judged on the
 * database and on what sender, readers and provider saw.
 */
export function judge(evidence: Evidence, rows: Rows): Violation[] {
  const id = evidence.conversationId;
  const messages = rows.messages.filter(({ conversationId }) => conversationId === id);
  const generations = rows.generations.filter(({ conversationId }) => conversationId === id);
  const attempts = rows.attempts.filter(({ generationId }) =>
    generations.some((generation) => generation.id === generationId),
  );
  return [
    ...judgeQuestions(evidence, messages),
    ...judgeAnswers(evidence, messages, generations),
    ...messages.filter(({ role }) => role === "assistant").flatMap(judgeStatus),
    ...generations.flatMap(({ id: generationId, status }) =>
      status === "streaming" ? violate("I3", "other", `generation ${generationId} streams`) : [],
    ),
    ...judgeShown(evidence, messages),
    ...generations.flatMap((generation) =>
      judgeUsage(
        generation,
        attempts.filter(({ generationId }) => generationId === generation.id),
      ),
    ),
    ...judgeCallCount(evidence, attempts.length),
    ...judgeBooks(id, rows, attempts, generations),
    ...judgeTree(id, rows, messages),
  ];
}

/** I1: everything that was typed and taken is there, once, as it was typed; and nothing else. */
function judgeQuestions({ sent }: Evidence, messages: MessageRow[]): Violation[] {
  const questions = messages.filter(({ role }) => role === "user");
  return [
    ...sent.flatMap(({ id, text, isAcknowledged }) => {
      const row = questions.find((question) => question.id === id);
      if (row === undefined)
        return isAcknowledged ? violate("I1", "lost", `message ${id} is not stored`) : [];
      return textOfRow(row) === text ? [] : violate("I1", "lost", `message ${id} has another text`);
    }),
    ...questions.flatMap(({ id }) =>
      sent.some((message) => message.id === id)
        ? []
        : violate("I2", "duplicated", `nobody sent message ${id}`),
    ),
  ];
}

/** I2: one answer for each time that one was asked for, and one generation for each answer. */
function judgeAnswers(
  { sent }: Evidence,
  messages: MessageRow[],
  generations: GenerationRow[],
): Violation[] {
  const answers = messages.filter(({ role, isEdited }) => role === "assistant" && !isEdited);
  return [
    ...answers.flatMap(({ id }) => {
      const count = generations.filter(
        ({ kind, messageId }) => kind === "answer" && messageId === id,
      ).length;
      return count === 1
        ? []
        : violate("I2", "duplicated", `answer ${id} has ${String(count)} generations`);
    }),
    ...generations.flatMap(({ id, messageId }) =>
      messages.some((message) => message.id === messageId)
        ? []
        : violate("I2", "lost", `generation ${id} has no answer`),
    ),
    ...sent.flatMap(({ id, isAcknowledged, answersAsked }) => {
      const count = answers.filter(({ parentId }) => parentId === id).length;
      if (count > answersAsked)
        return violate("I2", "duplicated", `message ${id} has ${String(count)} answers`);
      return isAcknowledged && count < answersAsked
        ? violate("I2", "lost", `message ${id} has only ${String(count)} answers`)
        : [];
    }),
  ];
}

/** I3: a final status, and one that is true. */
function judgeStatus(answer: MessageRow): Violation[] {
  const isBlank = answer.parts.every((part) => wordsOf(part).trim() === "");
  const about = `answer ${answer.id} is ${answer.status}`;
  switch (answer.status) {
    case "streaming":
      return violate("I3", "other", `${about} for ever`);
    case "complete":
      return textOfRow(answer).trim() === "" ? violate("I3", "lost", `${about} and blank`) : [];
    case "length":
    case "interrupted":
      return isBlank ? violate("I3", "other", `${about} without a word`) : [];
    case "failed":
      return answer.errorCode === null ? violate("I7", "other", `${about} without a reason`) : [];
    default:
      return [];
  }
}

/** I4: what readers saw is stored. */
function judgeShown({ shown, wasKilled }: Evidence, messages: MessageRow[]): Violation[] {
  return shown.flatMap(({ messageId, text }) => {
    const row = messages.find(({ id }) => id === messageId);
    if (row === undefined) return violate("I4", "lost", `answer ${messageId} is not stored`);
    const stored = textOfRow(row);
    if (stored.startsWith(text)) return [];
    const isTail = text.startsWith(stored);
    if (isTail && wasKilled && text.length - stored.length <= checkpointCharacters) return [];
    const what = isTail
      ? `${String(text.length - stored.length)} characters of answer ${messageId} are not stored`
      : `answer ${messageId} is stored otherwise than it was shown`;
    return violate("I4", "lost", what);
  });
}

/**
 * I5: each attempt is booked once, in whole tokens, the generation is their sum, and none follows
 * one from which something came.
 */
function judgeUsage(generation: GenerationRow, attempts: AttemptRow[]): Violation[] {
  const numbers = attempts.map(({ number }) => number).sort((left, right) => left - right);
  const isCounted = numbers.every((number, index) => number === index + 1);
  const sum = (key: "inputTokens" | "outputTokens") =>
    attempts.reduce((total, attempt) => total + (attempt[key] ?? 0), 0);
  const isSum =
    (generation.inputTokens ?? 0) === sum("inputTokens") &&
    (generation.outputTokens ?? 0) === sum("outputTokens");
  const isBegunAnew = attempts.some(
    ({ number, hasContent, outcome }) =>
      (hasContent || outcome === "answered") && number < Math.max(...numbers),
  );
  return [
    ...(isBegunAnew
      ? violate("I5", "duplicated", `generation ${generation.id} was begun anew after content`)
      : []),
    ...(isCounted
      ? []
      : violate("I5", "usage", `generation ${generation.id} counts ${numbers.join()}`)),
    ...(isSum ? [] : violate("I5", "usage", `generation ${generation.id} is not the sum`)),
    ...attempts.flatMap((attempt) =>
      isBooked(attempt) ? [] : violate("I5", "usage", `booked wrongly: ${JSON.stringify(attempt)}`),
    ),
  ];
}

function isBooked({ outcome, inputTokens, outputTokens, usageSource }: AttemptRow): boolean {
  if (usageSource === null)
    return inputTokens === null && outputTokens === null && outcome !== "answered";
  const isTokens = (value: number | null) =>
    value !== null && Number.isInteger(value) && value >= 0 && value < 1e9;
  return (
    ["reported", "estimated"].includes(usageSource) &&
    isTokens(inputTokens) &&
    isTokens(outputTokens)
  );
}

function judgeCallCount({ callCount, unseenCalls }: Evidence, booked: number): Violation[] {
  if (booked >= callCount && booked <= callCount + unseenCalls) return [];
  const what = `${String(callCount)} requests at the provider, ${String(booked)} booked`;
  return violate("I5", "usage", what);
}

/** I5: the ledger says what the attempts say, its sums say what it says, and nothing is held. */
function judgeBooks(
  id: string,
  { booked, holds, sums }: Rows,
  attempts: AttemptRow[],
  generations: GenerationRow[],
): Violation[] {
  const isAnswer = ({ generationId }: AttemptRow) =>
    generations.some((one) => one.id === generationId && one.kind !== "summary");
  const asked = attempts.filter(isAnswer);
  const sum = (key: "inputTokens" | "outputTokens") =>
    asked.reduce((total, attempt) => total + (attempt[key] ?? 0), 0);
  const attempted = [asked.length, sum("inputTokens"), sum("outputTokens")].join();
  const own = booked.find(({ conversationId }) => conversationId === id);
  const inLedger = [own?.requests ?? 0, own?.inputTokens ?? 0, own?.outputTokens ?? 0].join();
  const [first, ...others] = sums;
  return [
    ...(attempted === inLedger
      ? []
      : violate("I5", "usage", `attempts come to ${attempted}, the ledger to ${inLedger}`)),
    ...others.flatMap(({ source, sum: total }) =>
      total === first?.sum
        ? []
        : violate(
            "I5",
            "usage",
            `by ${source} ${total}, by ${first?.source ?? ""} ${first?.sum ?? ""}`,
          ),
    ),
    ...holds.flatMap(({ id: holdId, conversationId }) =>
      conversationId === id ? violate("I6", "usage", `hold ${holdId} is open`) : [],
    ),
  ];
}

/** At rest nothing is live, the active branch exists, and no message hangs on a deleted one. */
function judgeTree(id: string, rows: Rows, messages: MessageRow[]): Violation[] {
  const conversation = rows.conversations.find((row) => row.id === id);
  if (conversation === undefined) return [];
  const { activeLeafId, liveMessageIds } = conversation;
  const exists = (messageId: string) =>
    messages.some((message) => message.id === messageId && !message.isDeleted);
  return [
    ...liveMessageIds.flatMap((liveId) => violate("I3", "other", `${liveId} is still live`)),
    ...(activeLeafId === null || exists(activeLeafId)
      ? []
      : violate("I2", "other", `the active leaf ${activeLeafId} is not there`)),
    ...messages.flatMap(({ id: messageId, isDeleted, parentId }) =>
      isDeleted || parentId === null || exists(parentId)
        ? []
        : violate("I2", "other", `message ${messageId} has no parent`),
    ),
  ];
}

function violate(invariant: string, kind: ViolationKind, what: string): [Violation] {
  return [{ invariant, kind, what }];
}

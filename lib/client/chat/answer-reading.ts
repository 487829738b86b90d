import type { Message } from "@/lib/contracts/messages";
import { isAbort } from "../api";
import { toOwnMs } from "../server-clock";
import { followStream } from "./answer-follower";
import type { LiveAnswer } from "./answer-reducer";
import type { CandidateReading } from "./candidates";
import type { Core } from "./conversation-core";
import { placeAnswer, type ConversationState } from "./conversation-state";
import { isPassing, toFailure } from "./failure";
import { endOf } from "./message-window";

/**
 * How one connection to an answer went: `empty` when it said nothing, and the server may not have
 * the turn; `broken` when it began and was lost.
 */
type Followed = "empty" | "broken" | "finished";

const refreshTries = 3;

/** With their pauses, longer than the server tries. */
const savingTries = 50;

/** Reads answers from the server into the conversation. */
export function createAnswerReading(core: Core, candidates: CandidateReading) {
  const { get, patch, transport } = core;

  async function follow(
    stream: ReadableStream<Uint8Array>,
    signal: AbortSignal,
    sinceMs: number,
  ): Promise<Followed> {
    const { answer, isFinished } = await followStream(stream, {
      onStart: (started) => {
        if (signal.aborted) return;
        core.markSaved(started.title);
        const { turn } = get();
        const { generationId, retry, isSummarising } = started;
        const sizeBefore = "sizeBefore" in turn ? turn.sizeBefore : 0;
        patch({
          turn: { phase: "answering", sinceMs, sizeBefore, generationId, retry, isSummarising },
        });
        candidates.begin(started, signal);
        if (get().isStopping) void requestStop();
      },
      onPaint: (painted) => {
        if (signal.aborted) return;
        const { message, retry, isSummarising } = painted;
        const { turn } = get();
        const isNewWait =
          turn.phase === "answering" &&
          (turn.retry !== retry || turn.isSummarising !== isSummarising);
        candidates.update(painted);
        patch({
          ...(isBeside(painted) ? {} : placeInWindow(get(), message)),
          ...(isNewWait ? { turn: { ...turn, retry, isSummarising } } : {}),
        });
        noteCut(painted);
      },
    });
    if (signal.aborted) return "finished";
    if (answer === null) return "empty";
    // A stored answer can be replayed while another instance still writes it.
    if (!isFinished || answer.message.status === "streaming") return "broken";
    await candidates.whenOver();
    if (isOver(signal)) return "finished";
    finish(answer);
    return "finished";
  }

  /** The provider found it too long, and more was left out. */
  function noteCut({ plan, message }: LiveAnswer): void {
    const { cutAgainIds = [] } = get();
    if (plan?.isCutAgain !== true || cutAgainIds.includes(message.id)) return;
    patch({ cutAgainIds: [...cutAgainIds, message.id] });
  }

  function finish({ title, conversationId, isSaved, message }: LiveAnswer): void {
    patch({
      turn: { phase: "idle" },
      isStopping: false,
      unsavedId: isSaved ? null : message.id,
      ...(title === null ? {} : { title }),
    });
    core.onTouched(conversationId, title);
    if (!isSaved) void waitUntilSaved(message.id);
  }

  /** The server goes on trying to store an answer; looks now and then whether it has. */
  async function waitUntilSaved(answerId: string): Promise<void> {
    for (let attempt = 1; attempt <= savingTries; attempt += 1) {
      await core.waitForTry(attempt);
      if (get().unsavedId !== answerId) return;
      await refresh();
    }
  }

  /** Finds the answer that the server is writing, and follows it until it has ended. */
  async function resume(): Promise<void> {
    const signal = core.restartReading();
    const sinceMs = followWait();
    for (let attempt = 1; ; attempt += 1) {
      const generationId = liveGenerationId();
      patch({ turn: { phase: "reconnecting", sinceMs: sinceMs(), generationId } });
      const outcome = await reconnect(signal, sinceMs);
      if (outcome === "ended" || signal.aborted) return;
      // A connection that brought something is a good sign: start with short waits again.
      if (outcome === "broken") attempt = 1;
      await core.waitForTry(attempt);
      if (isOver(signal)) return;
    }
  }

  /** Since when one waits: where the page was opened in the middle, since the question. */
  function followWait(): () => number {
    const { turn } = get();
    const nowMs = core.nowMs();
    if ("sinceMs" in turn) return () => turn.sinceMs;
    // The server's clock may be known from the next answer only.
    return () => toOwnMs(endOf(get()).at(-1)?.createdAt, nowMs);
  }

  async function reconnect(
    signal: AbortSignal,
    sinceMs: () => number,
  ): Promise<"ended" | "broken" | "again"> {
    try {
      const { id } = get();
      const stream = await transport.followAnswer(id, signal);
      const outcome = stream === null ? "empty" : await follow(stream, signal, sinceMs());
      if (outcome !== "empty") return outcome === "finished" ? "ended" : "broken";
      // Nothing is live: then the database knows how the answer ended.
      core.takePage(await transport.readMessages(id, null));
      if (endOf(get()).at(-1)?.status === "streaming") return "again";
      patch({ turn: { phase: "idle" }, isStopping: false });
      return "ended";
    } catch (error) {
      if (isAbort(error)) return "ended";
      const failure = toFailure(error);
      if (isPassing(failure) || failure.code === "internal") return "again";
      patch({ turn: { phase: "idle" }, isStopping: false, notice: failure });
      return "ended";
    }
  }

  /** Looks whether the conversation went on elsewhere: in another tab, on another device. */
  async function refresh(): Promise<void> {
    const { id, isSaved } = get();
    const isOccupied = () => get().turn.phase !== "idle" || get().choosing !== null;
    if (!isSaved || isOccupied()) return;
    try {
      for (let attempt = 1; ; attempt += 1) {
        const { messages } = get();
        const page = await transport.readMessages(id, null);
        if (isOccupied()) return;
        // What changed here meanwhile, such as the version that is shown, may be newer than the page.
        if (get().messages !== messages && attempt < refreshTries) continue;
        core.takePage(page);
        break;
      }
      await resumeIfLive();
    } catch (error) {
      if (!get().isLoaded) patch({ notice: toFailure(error), isLoaded: true });
    }
  }

  /** Goes on with an answer that was being written when the page was opened. */
  async function resumeIfLive(): Promise<void> {
    const last = endOf(get()).at(-1);
    if (get().turn.phase !== "idle" || last === undefined) return;
    const { id, status, candidateGroup } = last;
    const isLive =
      status === "streaming" ||
      (candidateGroup !== null && (await candidates.isAnyLive(id, candidateGroup)));
    if (get().turn.phase === "idle" && isLive) await resume();
  }

  function liveGenerationId(): string | null {
    const { turn } = get();
    return "generationId" in turn ? turn.generationId : null;
  }

  /** @returns whether the server has heard of it. */
  async function requestStop(): Promise<boolean> {
    const { id } = get();
    const several = candidates.liveGenerations();
    const meant = several.length > 0 ? several : [liveGenerationId()];
    try {
      await Promise.all(meant.map((generationId) => transport.stopAnswer(id, generationId)));
      return true;
    } catch (error) {
      const failure = toFailure(error);
      // Before the server knows the conversation, there is nothing to stop: its start asks again.
      const isUnknown = failure.code === "not_found";
      if (!isUnknown) patch({ notice: failure });
      return isUnknown;
    }
  }

  return { follow, resume, refresh, resumeIfLive, requestStop };
}

export type AnswerReading = ReturnType<typeof createAnswerReading>;

/** Asked through a function, since it changes while one waits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Whether it stands beside the one of several that the branch goes through. */
function isBeside({ message, candidates }: LiveAnswer): boolean {
  return candidates.length > 0 && candidates[0]?.messageId !== message.id;
}

/** An answer goes on at the end of the branch, also while somebody reads elsewhere in it. */
function placeInWindow(
  { messages, after, tail }: ConversationState,
  answer: Message,
): Pick<ConversationState, "messages" | "after" | "tail"> {
  const placed = placeAnswer({ messages, after }, answer);
  if (placed.after === null || tail === null) return { ...placed, tail: null };
  const end = placeAnswer({ messages: tail.messages, after: null }, answer);
  return { ...placed, tail: { ...tail, messages: end.messages } };
}

import { isAbort } from "../api";
import { followStream } from "./answer-follower";
import type { LiveAnswer } from "./answer-reducer";
import { beginGroup, findWhole, isLive, takeStored, updateGroup } from "./candidate-group";
import type { Core } from "./conversation-core";
import { replaceBranch } from "./conversation-state";
import { isPassing, toFailure } from "./failure";

/** Its pause is a second or two. */
const hiddenTry = 3;

export type CandidateReading = ReturnType<typeof createCandidates>;

/**
 * Answers side by side: the first is followed as any answer is, the others each by a stream of
 * their own.
 */
export function createCandidates(core: Core) {
  const { get, patch, transport } = core;
  let following: Promise<unknown> = Promise.resolve();
  /** Of each group that was looked at, whether something of it is still written. */
  const looks = new Map<string, Promise<boolean>>();

  /** An answer has begun: with others beside it, they are shown and followed as well. */
  function begin(started: LiveAnswer, signal: AbortSignal): void {
    const sideBySide = beginGroup(started, get().sideBySide);
    patch({ sideBySide });
    const others = started.candidates.filter(({ messageId }) => messageId !== started.message.id);
    following = Promise.all(others.map(({ messageId }) => followOther(messageId, signal)));
  }

  function update(answer: LiveAnswer): void {
    const { sideBySide } = get();
    if (sideBySide !== null) patch({ sideBySide: updateGroup(sideBySide, answer) });
  }

  /**
   * While nobody sees the page, the database is asked now and then: a browser has few connections to
   * a server, and those that are seen need them.
   */
  async function followOther(messageId: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const isHidden = core.isHidden();
      try {
        if (isHidden) await read(messageId);
        else await followSeen(messageId, signal);
        if (!isOpen(messageId)) return;
      } catch (error) {
        if (!isAbort(error) && !isPassing(toFailure(error))) return;
      }
      await core.waitForTry(isHidden ? hiddenTry : attempt);
    }
  }

  async function followSeen(messageId: string, signal: AbortSignal): Promise<void> {
    const connection = new AbortController();
    const leave = () => {
      connection.abort();
    };
    const paint = (answer: LiveAnswer) => {
      if (!signal.aborted) update(answer);
    };
    signal.addEventListener("abort", leave);
    const stopWatching = core.onHidden(leave);
    try {
      const stream = await transport.followAnswer(get().id, connection.signal, messageId);
      // Nothing is live: then the database knows how it ended.
      if (stream === null) await read(messageId);
      else await followStream(stream, { onStart: paint, onPaint: paint });
    } finally {
      stopWatching();
      signal.removeEventListener("abort", leave);
    }
  }

  const isOpen = (messageId: string) =>
    get().sideBySide?.candidates.some((one) => one.message.id === messageId && isLive(one)) ??
    false;

  /** Takes over what the server has of the answers beside one. */
  async function read(messageId: string): Promise<void> {
    const stored = await transport.readCandidates(messageId);
    patch({ sideBySide: takeStored(stored, get().sideBySide) });
  }

  /** Waits until the others have ended, too; then one goes on with the first that is whole. */
  async function whenOver(): Promise<void> {
    await following;
    const { sideBySide, messages, after } = get();
    if (sideBySide === null) return;
    const shown = messages.at(-1);
    const whole = findWhole(sideBySide);
    if (shown?.id !== sideBySide.groupId || shown.status === "complete" || whole === null) return;
    const { siblingIds } = shown;
    patch(replaceBranch({ messages, after }, shown.id, { ...whole, siblingIds }));
  }

  /** Whether something is still written beside an answer that has ended. */
  async function isAnyLive(messageId: string, groupId: string): Promise<boolean> {
    const look =
      looks.get(groupId) ??
      transport
        .readCandidates(messageId)
        .then(({ candidates }) => candidates.some(({ message }) => message.status === "streaming"));
    looks.set(groupId, look);
    try {
      const isFound = await look;
      // What has ended does not begin again.
      if (isFound) looks.delete(groupId);
      return isFound;
    } catch {
      looks.delete(groupId);
      return false;
    }
  }

  /** Ends one of them; what came of it stays. */
  async function stopOne(messageId: string): Promise<void> {
    const { id, sideBySide } = get();
    const one = sideBySide?.candidates.find(({ message }) => message.id === messageId);
    if (!one?.generationId) return;
    try {
      await transport.stopAnswer(id, one.generationId);
    } catch (error) {
      patch({ notice: toFailure(error) });
    }
  }

  /** Shows the answers beside one again. */
  async function open(messageId: string): Promise<void> {
    try {
      await read(messageId);
    } catch (error) {
      patch({ notice: toFailure(error) });
    }
  }

  function close(): void {
    patch({ sideBySide: null });
  }

  /** What writes those of them that are live. */
  const liveGenerations = (): string[] =>
    get().sideBySide?.candidates.flatMap((one) =>
      isLive(one) && one.generationId !== null ? [one.generationId] : [],
    ) ?? [];

  return { begin, update, whenOver, isAnyLive, stopOne, open, close, liveGenerations };
}

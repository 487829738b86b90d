import "server-only";
import { afterEach, expect, vi } from "vitest";
import type { BranchContext, ContextPolicy } from "@/lib/contracts/context";
import { changeMessage } from "../conversations/change-message";
import { db } from "../db/client";
import { getInstanceSettings } from "../db/settings";
import { readSummaryState } from "../db/summary-state";
import { findLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { findRows, lastOf, readChunks, textOf, useTurns } from "../turn/testing-turns";
import { summaryRuns } from "./summary-runs";

/** As it stands in a conversation whose older part is summarised. */
export const summaryPolicy = (rounds: number): ContextPolicy => ({
  kind: "summary",
  rounds,
  tokens: 32_000,
});

/** What a request said, by the role of each message. */
type Body = { messages: { role: string; content: string }[] };

/** Turns whose summaries are waited for, with a model that writes some. */
export function useSummaries(model = "sums") {
  const { turns, useModel, submit } = useTurns();

  afterEach(async () => {
    await releaseAll();
    forgetPauses();
  });

  /** Lets every summary that a model holds back come, and waits for the last. */
  async function releaseAll(): Promise<void> {
    const timer = setInterval(() => {
      turns.provider.release();
    }, 20);
    await summaryRuns().settle();
    clearInterval(timer);
  }

  /** Begins a conversation of the actor's. */
  async function begin(rounds = 2, given: { systemPrompt?: string } = {}): Promise<string> {
    await useModel(model);
    const id = newId();
    const { userId } = turns.actor;
    const contextPolicy = summaryPolicy(rounds);
    await db().conversation.create({ data: { id, userId, title: "T", contextPolicy, ...given } });
    return id;
  }

  /** Takes a turn to its end, and waits until what it set going is over. @returns the answer. */
  async function say(id: string, text: string, extra: Record<string, unknown> = {}) {
    const chunks = await readChunks(await submit(id, text, extra));
    await afterTurn(id);
    return { text: textOf(chunks), end: lastOf(chunks), chunks };
  }

  /** Waits until a turn is closed, and for the summary that it set going. */
  async function afterTurn(id: string): Promise<void> {
    await vi.waitFor(() => {
      expect(findLiveAnswer(turns.actor, id)).toBeNull();
    });
    await summaryRuns().settle();
  }

  /** Takes turns that each tell a fact: FACT-1 and so on, each with some words around it. */
  async function tell(id: string, from: number, to: number, words = "so it is"): Promise<void> {
    for (let at = from; at <= to; at++) await say(id, `FACT-${String(at)}: ${words}.`);
  }

  /** Takes turns to their ends, and waits for no summary. */
  async function submitAll(id: string, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await readChunks(await submit(id, text));
      await vi.waitFor(() => {
        expect(findLiveAnswer(turns.actor, id)).toBeNull();
      });
    }
  }

  /** Waits until a model was asked so often for a summary. */
  const untilAsked = (times = 1) =>
    vi.waitFor(
      () => {
        expect(summaryRequests()).toHaveLength(times);
      },
      { timeout: 10_000 },
    );

  const bodies = () => turns.provider.requests().map(({ body }) => body as Body);
  const isOfSummary = ({ messages }: Body) => messages.at(-1)?.content.includes("<turns>") === true;

  /** The question with a fact. */
  async function findQuestion(fact: number) {
    const rows = await findRows();
    const found = rows.find(
      ({ role, parts }) =>
        role === "user" && JSON.stringify(parts).includes(`FACT-${String(fact)}:`),
    );
    if (found === undefined) throw new Error(`no question ${String(fact)}`);
    return found;
  }

  /** Leaves out a fact with its answer. @returns what is said of the branch then. */
  async function exclude(id: string, fact: number): Promise<BranchContext> {
    const question = await findQuestion(fact);
    const answers = (await findRows()).filter(({ parentId }) => parentId === question.id);
    for (const { id: messageId } of [question, ...answers])
      await changeMessage(turns.actor, messageId, { context: "excluded" });
    const { contextPolicy } = await getInstanceSettings();
    return (await readSummaryState(turns.actor, id, contextPolicy)).context;
  }

  const summaryRequests = () => bodies().filter(isOfSummary);

  return {
    turns,
    useModel,
    submit,
    begin,
    say,
    afterTurn,
    submitAll,
    untilAsked,
    findQuestion,
    exclude,
    releaseAll,
    stopServer,
    asAnotherInstance,
    tell,
    /** What models were asked for summaries. */
    summaryRequests,
    /** What models were sent in turns. */
    chatRequests: () => bodies().filter((body) => !isOfSummary(body)),
    findSummaries: (conversationId: string) =>
      db().summary.findMany({ where: { conversationId }, orderBy: { createdAt: "asc" } }),
  };
}

/** Does something as a process would that knows nothing of what this one makes. */
async function asAnotherInstance(work: () => Promise<void>): Promise<void> {
  const runs = summaryRuns();
  const own = Object.fromEntries(Object.entries(runs));
  Object.assign(runs, { runs: new Map(), tracked: new Set() });
  await work();
  Object.assign(runs, own);
}

/** Ends what this process makes, and lets it begin again. */
async function stopServer(): Promise<void> {
  await summaryRuns().close();
  Object.assign(summaryRuns(), { stopping: new AbortController() });
}

/** As after a restart: what failed before is tried again at once. */
export function forgetPauses(): void {
  Object.assign(summaryRuns(), { pauses: new Map() });
}

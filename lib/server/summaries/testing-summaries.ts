import "server-only";
import { afterEach, expect, vi } from "vitest";
import type { ContextPolicy } from "@/lib/contracts/context";
import { db } from "../db/client";
import { findLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { singleton } from "../singleton";
import { lastOf, readChunks, textOf, useTurns } from "../turn/testing-turns";
import { SummaryRuns, summaryRuns } from "./summary-runs";

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
    await summaryRuns().settle();
    forgetPauses();
  });

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

  const bodies = () => turns.provider.requests().map(({ body }) => body as Body);
  const isOfSummary = ({ messages }: Body) => messages.at(-1)?.content.includes("<turns>") === true;

  return {
    turns,
    useModel,
    submit,
    begin,
    say,
    afterTurn,
    tell,
    /** What models were asked for summaries. */
    summaryRequests: () => bodies().filter(isOfSummary),
    /** What models were sent in turns. */
    chatRequests: () => bodies().filter((body) => !isOfSummary(body)),
    findSummaries: (conversationId: string) =>
      db().summary.findMany({ where: { conversationId }, orderBy: { createdAt: "asc" } }),
  };
}

/** As after a restart: what failed before is tried again at once. */
export function forgetPauses(): void {
  const runs = singleton("summary-runs", () => new SummaryRuns());
  Object.assign(runs, { pauses: new Map() });
}

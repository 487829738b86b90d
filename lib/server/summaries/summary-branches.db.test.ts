import { describe, expect, it } from "vitest";
import { changeMessage } from "../conversations/change-message";
import { db } from "../db/client";
import { getInstanceSettings } from "../db/settings";
import { readSummaryState } from "../db/summary-state";
import { changeSummary } from "./change-summary";
import { readSummary } from "./read-summary";
import { redoSummary } from "./redo-summary";
import { summaryPolicy, useSummaries } from "./testing-summaries";

const summaries = useSummaries();
const { turns, begin, tell, say, findQuestion, exclude } = summaries;
const { findSummaries, chatRequests, summaryRequests } = summaries;

const factsIn = (text: string) => [...new Set(text.match(/FACT-\d+/g) ?? [])];
const systemOf = (at = -1) => chatRequests().at(at)?.messages[0]?.content ?? "";

describe("a summary on branches", () => {
  it("is not used where a branch leaves above its end, and is where it leaves below", async () => {
    const id = await begin(1);
    await tell(id, 1, 4);
    const [summary] = await findSummaries(id);
    expect(factsIn(summary?.text ?? "")).toEqual(["FACT-1", "FACT-2"]);

    const second = await findQuestion(2);
    await say(id, "Elsewhere.", { parentId: second.parentId });
    expect(systemOf()).not.toContain("They spoke of");

    const fourth = await findQuestion(4);
    await say(id, "Another fourth.", { parentId: fourth.parentId });
    expect(systemOf()).toContain("They spoke of FACT-1 FACT-2.");
  });

  it("knows when other messages are left out than when it was made, and leaves them out anew", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const read = () => readSummary(turns.actor, id);
    expect((await read()).summary).toMatchObject({ coveredCount: 4, isStale: false });
    await exclude(id, 1);
    expect((await read()).summary?.isStale).toBe(true);

    const { summary } = await redoSummary(turns.actor, id, {});
    expect(summary).toMatchObject({ coveredCount: 2, isStale: false });
    expect(factsIn(summary?.text ?? "")).toEqual(["FACT-2"]);
    const first = await findQuestion(1);
    await changeMessage(turns.actor, first.id, { context: "auto" });
    expect((await read()).summary?.isStale).toBe(true);
  });

  it("stays stale when it is only extended", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    await changeMessage(turns.actor, (await findQuestion(1)).id, { context: "excluded" });
    await tell(id, 4, 5);
    const { summary } = await readSummary(turns.actor, id);
    expect(summary).toMatchObject({ coveredCount: 8, isStale: true });
  });

  it("begins where the branch is to start, and the earlier one comes back without the start", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    await changeMessage(turns.actor, (await findQuestion(2)).id, { isContextStart: true });
    expect((await readSummary(turns.actor, id)).summary).toBeNull();
    await tell(id, 4, 4);
    const { summary } = await readSummary(turns.actor, id);
    expect(factsIn(summary?.text ?? "")).toEqual(["FACT-2", "FACT-3"]);
    await changeMessage(turns.actor, (await findQuestion(2)).id, { isContextStart: false });
    const before = await readSummary(turns.actor, id);
    expect(factsIn(before.summary?.text ?? "")).toEqual(["FACT-1", "FACT-2"]);
  });

  it("is not made, and does not go along, while it is off", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    expect(await changeSummary(turns.actor, id, { isOff: true })).toMatchObject({ isOff: true });
    await tell(id, 4, 6);
    expect(systemOf()).not.toContain("They spoke of");
    expect(summaryRequests()).toHaveLength(1);
    await changeSummary(turns.actor, id, { isOff: false });
    await tell(id, 7, 7);
    expect(systemOf()).toContain("They spoke of FACT-1 FACT-2.");
    expect(summaryRequests()).toHaveLength(2);
  });

  it("goes along where the messages since are more than there is room for", async () => {
    const id = await begin(2);
    await tell(id, 1, 4);
    await db().model.updateMany({ data: { contextWindow: 2_000 } });
    // Not covered yet, and by itself more than the window holds several times over.
    await tell(id, 5, 5, "word ".repeat(6_000));
    await say(id, "Still there?");
    expect(systemOf()).toContain("FACT-1 FACT-2");
  });
});

describe("what is left to summarise", () => {
  it("is read without a text, from the summary's end on", async () => {
    const id = await begin(2);
    await tell(id, 1, 5);
    const { contextPolicy } = await getInstanceSettings();
    const state = await readSummaryState(turns.actor, id, contextPolicy);
    expect(state.policy).toEqual(summaryPolicy(2));
    expect(state.points).toHaveLength(6);
    expect(state.points[0]).not.toHaveProperty("parts");
  });
});

import { describe, expect, it } from "vitest";
import { summaryPatchSchema } from "@/lib/contracts/context";
import { db } from "../db/client";
import { makeUser } from "../db/testing";
import { newId } from "../ids";
import { findRows } from "../turn/testing-turns";
import { changeSummary } from "./change-summary";
import { readSummary } from "./read-summary";
import { redoSummary } from "./redo-summary";
import { startSuccessor } from "./start-successor";
import { summaryPolicy, useSummaries } from "./testing-summaries";

const summaries = useSummaries();
const { turns, useModel, begin, tell, say, findSummaries, chatRequests, summaryRequests } =
  summaries;

const systemOf = () => chatRequests().at(-1)?.messages[0]?.content ?? "";
const read = (id: string) => readSummary(turns.actor, id);

describe("a summary that a person changes", () => {
  it("stands for as much as before, is sent, and is what the next one goes on from", async () => {
    const id = await begin(1, { systemPrompt: "Be brief." });
    await tell(id, 1, 3);
    const { summary } = await changeSummary(turns.actor, id, { text: "We decided on PLAN-9." });
    expect(summary).toMatchObject({ source: "user", modelLabel: null, coveredCount: 4 });
    await tell(id, 4, 4);
    expect(systemOf()).toMatch(/^Be brief\.\n[^]*We decided on PLAN-9\.$/);
    await tell(id, 5, 5);
    expect((await read(id)).summary?.text).toBe("They spoke of PLAN-9 FACT-3 FACT-4.");
  });

  it("can have its earlier text back", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const before = (await read(id)).summary;
    await changeSummary(turns.actor, id, { text: "All wrong." });
    const undone = await changeSummary(turns.actor, id, { restoreId: before?.id ?? "" });
    expect(undone.summary).toMatchObject({ text: before?.text, source: "model" });
    expect(await findSummaries(id)).toHaveLength(3);
  });

  it("is not lost where one was made of the text before it meanwhile", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const before = (await read(id)).summary;
    await tell(id, 4, 5);
    expect((await read(id)).summary?.coveredCount).toBe(8);
    const patch = summaryPatchSchema.parse({ text: "By hand: KEEP-1.", summaryId: before?.id });
    const { summary } = await changeSummary(turns.actor, id, patch);
    expect(summary).toMatchObject({ text: "By hand: KEEP-1.", coveredCount: 4 });
    await tell(id, 6, 6);
    expect((await read(id)).summary?.text).toContain("KEEP-1 FACT-3");
  });

  it("wins over one that is being made of the text before it", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    await useModel("sums-slow");
    await summaries.submitAll(id, ["FACT-4: a.", "FACT-5: b."]);
    await summaries.untilAsked(2);
    await changeSummary(turns.actor, id, { text: "By hand." });
    await summaries.releaseAll();
    expect((await read(id)).summary?.text).toBe("By hand.");
  });

  it("is refused without words, and where there is none", async () => {
    const id = await begin(1);
    const change = (text: string) => changeSummary(turns.actor, id, { text });
    await expect(change("  \n")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(change("Mine.")).rejects.toMatchObject({ code: "conflict" });
    expect(summaryPatchSchema.safeParse({ text: "a", isOff: true }).success).toBe(false);
    expect(summaryPatchSchema.safeParse({ summaryId: "a" }).success).toBe(false);
  });

  it("of another branch, or of somebody else, can't be brought back", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const summaryId = (await read(id)).summary?.id ?? "";
    const stranger = await makeUser();
    for (const attempt of [
      () => changeSummary(stranger, id, { restoreId: summaryId }),
      () => changeSummary(stranger, id, { text: "Mine." }),
      () => readSummary(stranger, id),
      () => redoSummary(stranger, id, {}),
      () => startSuccessor(stranger, id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    const [first] = await findRows();
    await say(id, "Elsewhere.", { parentId: first?.parentId ?? null });
    const restore = changeSummary(turns.actor, id, { restoreId: summaryId });
    await expect(restore).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a summary made anew", () => {
  it("is made of the messages by the model that is asked for, and stands for the same ones", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    await changeSummary(turns.actor, id, { text: "Nonsense." });
    const { summary, isRunning, failure } = await redoSummary(turns.actor, id, {});
    expect(summary).toMatchObject({ text: "They spoke of FACT-1 FACT-2.", coveredCount: 4 });
    expect({ isRunning, failure }).toEqual({ isRunning: false, failure: null });
    const redo = redoSummary(turns.actor, id, { model: newId() });
    await expect(redo).rejects.toMatchObject({ code: "no_model" });
  });

  it("can be the first: of all but the last rounds, or of all but the last one", async () => {
    const id = await begin(2);
    await tell(id, 1, 2);
    const first = await redoSummary(turns.actor, id, {});
    expect(first.summary).toMatchObject({ text: "They spoke of FACT-1.", coveredCount: 2 });
    const empty = await begin(2);
    await expect(redoSummary(turns.actor, empty, {})).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect((await read(empty)).isRunning).toBe(false);
  });

  it("takes in a long conversation in bounded steps, and stores the last", async () => {
    const id = await begin(1);
    await db().conversation.update({
      where: { id },
      data: { contextPolicy: { kind: "window", rounds: 1, tokens: 32_000 } },
    });
    await tell(id, 1, 10, "one giant message of many words ".repeat(500));
    const { summary } = await redoSummary(turns.actor, id, {});
    expect(summaryRequests().length).toBeGreaterThan(4);
    expect(await findSummaries(id)).toHaveLength(1);
    expect(summary?.text).toContain("FACT-1 FACT-2 FACT-3");
    expect(summary?.text).toContain("FACT-9");
    const booked = await db().generation.findMany({ where: { kind: "summary" } });
    expect(booked).toHaveLength(summaryRequests().length);
  });

  it("is asked for in Chinese of a Chinese conversation, giant messages shortened", async () => {
    const id = await begin(1);
    await say(id, `FACT-1：${"我们的项目计划在三月上线。".repeat(2_000)}`);
    await tell(id, 2, 3, "已经决定采用第二个方案");
    const [request] = summaryRequests();
    expect(request?.messages[0]?.content).toContain("请根据此前的摘要");
    expect(request?.messages.at(-1)?.content).toMatch(/用户：FACT-1[^]*此处省略[^]*请写出新的摘要/);
    const [summary] = await findSummaries(id);
    expect(summary?.text).toContain("摘要：谈到了 FACT-1");
  });
});

describe("a conversation that goes on from another", () => {
  it("begins with a summary of all of it, which goes along under every policy", async () => {
    const id = await begin(1, { systemPrompt: "Be brief." });
    await db().conversation.update({
      where: { id },
      data: { title: "Plans", parameters: { seed: 7 } },
    });
    await tell(id, 1, 3);
    const before = [await findSummaries(id), await findRows()];
    const { id: nextId } = await startSuccessor(turns.actor, id);
    expect([await findSummaries(id), await findRows()]).toEqual(before);
    const next = await db().conversation.findUniqueOrThrow({ where: { id: nextId } });
    expect(next).toMatchObject({
      title: "Plans (2)",
      systemPrompt: "Be brief.",
      parameters: { seed: 7 },
      contextPolicy: summaryPolicy(1),
      activeLeafId: null,
    });
    expect((await read(nextId)).summary).toMatchObject({
      text: "They spoke of FACT-1 FACT-2 FACT-3.",
      coversToId: null,
      coveredCount: 6,
      carriedFrom: { id, title: "Plans" },
    });
    await tell(nextId, 4, 7);
    expect((await read(nextId)).summary?.text).toBe(
      "They spoke of FACT-1 FACT-2 FACT-3 FACT-4 FACT-5.",
    );
    for (const kind of ["rounds", "window"] as const) {
      await db().conversation.update({
        where: { id: nextId },
        data: { contextPolicy: { kind, rounds: 1, tokens: 32_000 } },
      });
      await say(nextId, "And now?");
      expect(systemOf()).toMatch(/^Be brief\.\n[^]*They spoke of FACT-1 FACT-2 FACT-3\.$/);
    }
  });

  it("is not made where the summary fails, and the old one stays as it was", async () => {
    const id = await begin(1);
    await tell(id, 1, 2);
    await useModel("sums-cut");
    await expect(startSuccessor(turns.actor, id)).rejects.toMatchObject({ code: "summary_failed" });
    expect(await db().conversation.count()).toBe(1);
    expect((await read(id)).isRunning).toBe(false);
    const empty = await begin(1);
    await expect(startSuccessor(turns.actor, empty)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it("leaves out what is left out by hand", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const { marks } = await summaries.exclude(id, 1);
    expect(Object.values(marks)).toEqual(["excluded", "excluded"]);
    const { id: nextId } = await startSuccessor(turns.actor, id);
    expect((await read(nextId)).summary?.text).toBe("They spoke of FACT-2 FACT-3.");
  });
});

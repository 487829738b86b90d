import { describe, expect, it } from "vitest";
import { removeMessage } from "../conversations/remove-message";
import { db } from "../db/client";
import { purgeDeletedMessages } from "../db/message-deletion";
import { claimSummary } from "../db/summaries";
import { extendAfterTurn } from "./extend-summary";
import { readSummary } from "./read-summary";
import { redoSummary } from "./redo-summary";
import { summaryRuns } from "./summary-runs";
import { forgetPauses, useSummaries } from "./testing-summaries";

const summaries = useSummaries();
const { turns, useModel, begin, tell, say, findSummaries, summaryRequests, chatRequests } =
  summaries;

const sentTexts = () =>
  chatRequests()
    .at(-1)
    ?.messages.map(({ content }) => content) ?? [];
const noRoom = { keepFromId: null, freeTokens: null, answerId: "answer" };

describe("a summary that failed", () => {
  it.each([
    ["sums-empty", "empty"],
    ["sums-cut", "cut"],
    ["sums-thoughts", "reasoning"],
    ["sums-long", "long"],
  ])("of %s is never stored, is booked, and history stays word for word", async (model, reason) => {
    const id = await begin(1);
    await useModel(model);
    await tell(id, 1, 3);
    expect(await findSummaries(id)).toEqual([]);
    expect(summaryRequests()).toHaveLength(1);
    expect(await readSummary(turns.actor, id)).toMatchObject({
      summary: null,
      isRunning: false,
      failure: { code: "summary_failed", details: { reason } },
    });
    const generation = await db().generation.findFirstOrThrow({ where: { kind: "summary" } });
    expect(generation).toMatchObject({ status: "failed", finishReason: reason });
    expect(await db().attempt.count({ where: { generationId: generation.id } })).toBe(1);
    await tell(id, 4, 4);
    for (const fact of ["FACT-1", "FACT-2", "FACT-3", "FACT-4"])
      expect(sentTexts()).toContain(`${fact}: so it is.`);
  });

  it("leaves the one before it as it was", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const [before] = await findSummaries(id);
    await useModel("sums-cut");
    await tell(id, 4, 5);
    expect(summaryRequests()).toHaveLength(2);
    expect(await findSummaries(id)).toEqual([before]);
    expect(sentTexts().join()).toContain("They spoke of FACT-1 FACT-2.");
    expect(sentTexts()).toContain("FACT-3: so it is.");
  });

  it("is tried again after two turns, and then longer apart", async () => {
    const id = await begin(1);
    await useModel("sums-error");
    const triedAfter: number[] = [];
    for (let turn = 1; turn <= 12; turn++) {
      const before = summaryRequests().length;
      await say(id, `FACT-${String(turn)}: so it is.`);
      if (summaryRequests().length > before) triedAfter.push(turn);
    }
    expect(triedAfter).toEqual([3, 6, 11]);
    expect((await readSummary(turns.actor, id)).failure?.code).toMatch(/^provider_/);
  });

  it("leaves more room for thoughts the next time, where they took it all", async () => {
    const id = await begin(1);
    await useModel("sums-thoughts");
    await tell(id, 1, 6);
    const limits = summaryRequests().map((body) => (body as { max_tokens?: number }).max_tokens);
    expect(limits).toEqual([1_000, 4_000]);
  });

  it("is told to whoever asked for it, and nothing changes", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const modelId = await useModel("sums-thoughts");
    const redo = redoSummary(turns.actor, id, { model: modelId });
    await expect(redo).rejects.toMatchObject({
      code: "summary_failed",
      details: { reason: "reasoning" },
    });
    expect(await findSummaries(id)).toHaveLength(1);
    expect((await readSummary(turns.actor, id)).isRunning).toBe(false);
  });
});

describe("a claim", () => {
  it("goes to one of two instances that want it at the same moment", async () => {
    const id = await begin(1);
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => claimSummary(turns.actor, id, 60_000)),
    );
    expect(claims.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it("keeps a second instance from making the same summary", async () => {
    const id = await begin(1);
    await useModel("sums-slow");
    await summaries.submitAll(id, ["FACT-1: a.", "FACT-2: b.", "FACT-3: c."]);
    await summaries.untilAsked();
    await summaries.asAnotherInstance(async () => {
      extendAfterTurn(turns.actor, id, noRoom);
      await summaryRuns().settle();
    });
    expect((await readSummary(turns.actor, id)).isRunning).toBe(true);
    await expect(redoSummary(turns.actor, id, {})).rejects.toMatchObject({ code: "conflict" });
    turns.provider.release();
    await summaryRuns().settle();
    expect(await findSummaries(id)).toHaveLength(1);
    expect(summaryRequests()).toHaveLength(1);
  });

  it("of an instance that died runs out, and the summary is made by another", async () => {
    const id = await begin(1);
    await useModel("sums-slow");
    await summaries.submitAll(id, ["FACT-1: a.", "FACT-2: b.", "FACT-3: c."]);
    await summaries.untilAsked();
    // As if it had died: its claim runs out, and what it still sends comes too late.
    await db().conversation.update({
      where: { id },
      data: { summaryLease: new Date(Date.now() - 1) },
    });
    expect(await findSummaries(id)).toEqual([]);
    const late = summaryRuns().settle();
    const lease = await claimSummary(turns.actor, id, 60_000);
    expect(lease).not.toBeNull();
    turns.provider.release();
    await late;
    expect(await findSummaries(id)).toEqual([]);
    await db().conversation.update({ where: { id }, data: { summaryLease: null } });
    forgetPauses();
    extendAfterTurn(turns.actor, id, noRoom);
    await summaries.untilAsked(2);
    turns.provider.release();
    await summaryRuns().settle();
    expect(await findSummaries(id)).toHaveLength(1);
  });

  it("is given back when the server stops, and what was asked is booked", async () => {
    const id = await begin(1);
    await useModel("sums-slow");
    await summaries.submitAll(id, ["FACT-1: a.", "FACT-2: b.", "FACT-3: c."]);
    await summaries.untilAsked();
    await summaries.stopServer();
    expect(await findSummaries(id)).toEqual([]);
    expect((await readSummary(turns.actor, id)).isRunning).toBe(false);
    expect(await db().generation.findFirst({ where: { kind: "summary" } })).toMatchObject({
      status: "stopped",
    });
  });

  it("ends with the conversation: its summaries go, what they cost stays in the books", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    await db().conversation.delete({ where: { id } });
    expect(await db().summary.count()).toBe(0);
    expect(await db().generation.count({ where: { kind: "summary" } })).toBe(1);
  });
});

describe("a message that is deleted for good", () => {
  it("takes the summaries along that reach down to it", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const { id: messageId } = await summaries.findQuestion(2);
    await removeMessage(turns.actor, messageId);
    expect((await readSummary(turns.actor, id)).summary).toBeNull();
    await purgeDeletedMessages({ system: "test" }, new Date(Date.now() + 1_000));
    expect(await findSummaries(id)).toEqual([]);
  });
});

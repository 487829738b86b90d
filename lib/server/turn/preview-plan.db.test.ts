import { describe, expect, it } from "vitest";
import { planRequestSchema, storedPlanSchema, type ContextPlanView } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { changeMessage } from "../conversations/change-message";
import { db } from "../db/client";
import { makeUser } from "../db/testing";
import { plantLongBranch, plantTree } from "../db/testing-tree";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { readChunks, useTurns } from "./testing-turns";

const { turns, submit } = useTurns();

const preview = (id: string, request: object = {}, actor: Actor = turns.actor) =>
  previewPlan(actor, id, planRequestSchema.parse(request));

const setWindow = (contextWindow: number | null) =>
  db().model.updateMany({ data: { contextWindow } });

const newestPlan = async () => {
  const { contextPlan } = await db().generation.findFirstOrThrow({
    orderBy: { startedAt: "desc" },
  });
  return storedPlanSchema.parse(contextPlan);
};

const sumOf = ({ parts }: ContextPlanView) =>
  Object.values(parts).reduce<number>((sum, part) => sum + (part ?? 0), 0);

describe("a preview", () => {
  it("of a conversation that does not exist yet is the system prompt and the draft", async () => {
    await setWindow(8_000);
    const plan = await preview(newId(), { text: "Hello there" });
    expect(plan).toMatchObject({
      window: 8_000,
      policyFrom: "instance",
      entries: [],
      before: null,
      sentCount: 0,
      firstSentId: null,
      summary: null,
      refusal: null,
    });
    expect(plan.parts.system).toBeGreaterThan(10);
    expect(plan.parts.draft).toBeGreaterThan(2);
    expect(sumOf(plan)).toBe(8_000);
  });

  it("without a draft shows none, and what is free is really free", async () => {
    await setWindow(8_000);
    const plan = await preview(newId());
    expect(plan.parts.draft).toBe(0);
    expect(sumOf(plan)).toBe(8_000);
    expect(plan.inputTokens).toBe(8_000 - plan.parts.reply - (plan.parts.free ?? 0));
  });

  it("of somebody else's conversation is the same as of none", async () => {
    const { conversationId } = await plantTree(await makeUser(), { q1: null, a1: "q1" });
    expect(await preview(conversationId)).toEqual(await preview(newId()));
    const after = { parentId: newId() };
    await expect(preview(conversationId, after)).rejects.toMatchObject({ code: "not_found" });
    await expect(preview(newId(), after)).rejects.toMatchObject({ code: "not_found" });
  });

  it("counts no image that is not there, such as one that was removed meanwhile", async () => {
    const id = newId();
    const gone = { type: "file", mediaType: "image/webp", url: `/api/attachments/${newId()}` };
    const plan = await preview(id, { text: "Hello there", images: [gone] });
    expect(plan).toEqual(await preview(id, { text: "Hello there" }));
  });

  it("lists the branch with what becomes of each message", async () => {
    const { conversationId, ids } = await plantLongBranch(turns.actor, 40);
    const plan = await preview(conversationId, { limit: 30 });
    expect(plan.entries).toHaveLength(30);
    expect(plan.entries.map(({ messageId }) => messageId)).toEqual(ids.slice(10));
    expect(plan.entries.filter(({ state }) => state === "kept")).toHaveLength(20);
    expect(plan.entries[0]).toMatchObject({ state: "left_out", reason: "over_rounds" });
    expect(plan.firstSentId).toBe(ids[20]);
    expect(plan.sentCount).toBe(20);
    expect(plan.before).toBe(ids[10]);
    const older = await preview(conversationId, { limit: 30, before: plan.before });
    expect(older.entries.map(({ messageId }) => messageId)).toEqual(ids.slice(0, 10));
    expect(older.entries.every(({ reason }) => reason === "over_rounds")).toBe(true);
    expect(older.before).toBeNull();
    expect(older.inputTokens).toBe(plan.inputTokens);
    expect(older.sentCount).toBe(plan.sentCount);
  });

  it("counts what goes along from above the page too", async () => {
    const { conversationId, ids } = await plantLongBranch(turns.actor, 60);
    await changeMessage(turns.actor, ids[3] ?? "", { context: "pinned" });
    const plan = await preview(conversationId, { limit: 5 });
    expect(plan.entries).toHaveLength(5);
    expect(plan.sentCount).toBe(21);
  });

  it("is what the turn that follows sends", async () => {
    await setWindow(2_000);
    const { conversationId } = await plantLongBranch(turns.actor, 60, 200);
    const text = "And what follows from that?";
    const plan = await preview(conversationId, { text });
    await readChunks(await submit(conversationId, text));
    const stored = await newestPlan();
    expect(stored.parts).toEqual(plan.parts);
    expect(stored.inputTokens).toBe(plan.inputTokens);
    expect(stored.firstSentId).toBe(plan.firstSentId);
    // The new message is one of those that are stored.
    expect(stored.keptCount + stored.shortenedCount).toBe(plan.sentCount + 1);
  });
});

import { describe, expect, it } from "vitest";
import { planRequestSchema, type ContextPolicy, type PlanEntry } from "@/lib/contracts/context";
import { changeMessage } from "../conversations/change-message";
import { removeMessage } from "../conversations/remove-message";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { storePrice } from "../db/testing-holds";
import { makeUser } from "../db/testing";
import { plantLongBranch, plantTree } from "../db/testing-tree";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

const preview = (id: string, request: object = {}) =>
  previewPlan(turns.actor, id, planRequestSchema.parse(request));

const change = (id: string, patch: Parameters<typeof changeMessage>[2]) =>
  changeMessage(turns.actor, id, patch);

const setWindow = (contextWindow: number | null) =>
  db().model.updateMany({ data: { contextWindow } });

const setPolicy = (id: string, policy: Partial<ContextPolicy>) =>
  db().conversation.update({
    where: { id },
    data: { contextPolicy: { kind: "rounds", rounds: 10, tokens: 32_000, ...policy } },
  });

const stateOf = (entries: PlanEntry[], id: string | undefined) => {
  const { state, reason, mark } = entries.find(({ messageId }) => messageId === id) ?? {};
  return `${state ?? "none"} ${reason ?? ""} ${mark ?? ""}`;
};

const tokenCounts = { o200k: 40, wide: 0, signs: 0 };

describe("the entries of a preview", () => {
  it("say what was said of a message, wherever it stands", async () => {
    const { conversationId: id, ids } = await plantLongBranch(turns.actor, 120);
    await change(ids[1] ?? "", { context: "pinned" });
    await change(ids[2] ?? "", { context: "excluded" });
    await change(ids[118] ?? "", { context: "excluded" });
    const newest = await preview(id, { text: "?", limit: 100 });
    expect(stateOf(newest.entries, ids[118])).toBe("left_out excluded excluded");
    expect(stateOf(newest.entries, ids[119])).toBe("kept within_policy auto");
    const oldest = await preview(id, { text: "?", before: newest.before });
    expect(oldest.entries).toHaveLength(20);
    expect(stateOf(oldest.entries, ids[0])).toBe("left_out over_rounds auto");
    expect(stateOf(oldest.entries, ids[1])).toBe("kept pinned pinned");
    expect(stateOf(oldest.entries, ids[2])).toBe("left_out excluded excluded");
    const [, pinned] = oldest.entries;
    expect(pinned?.sentTokens).toBe(pinned?.tokens);
    expect(oldest.entries[0]).toMatchObject({ sentTokens: 0, role: "user" });
    expect(oldest.entries[0]?.tokens).toBeGreaterThan(5);
    expect(oldest.entries[0]?.excerpt).toContain("message 0 lorem");
  });

  it("say that what is above the start is before it, on every page", async () => {
    const { conversationId: id, ids } = await plantLongBranch(turns.actor, 60);
    await setPolicy(id, { kind: "window" });
    await change(ids[40] ?? "", { isContextStart: true });
    const newest = await preview(id, { limit: 30 });
    expect(newest.startId).toBe(ids[40]);
    expect(newest.firstSentId).toBe(ids[40]);
    expect(stateOf(newest.entries, ids[40])).toBe("kept within_policy auto");
    expect(stateOf(newest.entries, ids[39])).toBe("left_out before_start auto");
    const older = await preview(id, { limit: 30, before: newest.before });
    expect(older.entries.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 30 }, () => "before_start"),
    );
  });

  it.each([
    ["tokens", { kind: "tokens", tokens: 600 }, null, "over_tokens"],
    ["window", { kind: "window" }, 1_200, "over_window"],
  ] as const)("say why all the older ones are left out: %s", async (_, policy, window, reason) => {
    const { conversationId: id } = await plantLongBranch(turns.actor, 300, 60);
    await db().message.updateMany({ where: { conversationId: id }, data: { tokenCounts } });
    await setWindow(window);
    await setPolicy(id, policy);
    const newest = await preview(id, { text: "?" });
    const older = await preview(id, { text: "?", before: newest.before });
    expect(newest.entries.at(-1)?.state).toBe("kept");
    expect(newest.entries[0]).toMatchObject({ state: "left_out", reason });
    expect(new Set(older.entries.map((entry) => entry.reason))).toEqual(new Set([reason]));
    expect(older.entries[0]?.excerpt).toContain("message 100 ");
  });

  it("name an answer without text empty, and one that is written as far as it is", async () => {
    const tree = await plantTree(turns.actor, { q1: null, a1: "q1" }, { texts: { a1: "" } });
    const plan = await preview(tree.conversationId);
    expect(stateOf(plan.entries, tree.idOf("a1"))).toBe("left_out empty auto");
    await useModel("gate");
    const id = newId();
    const writing = await submit(id, "Go on.");
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    const live = messages[1]?.id ?? "";
    await db().message.update({
      where: { id: live },
      data: { parts: [{ type: "text", text: "The first half." }] },
    });
    const during = await preview(id, { text: "Next" });
    expect(during.entries.map(({ excerpt }) => excerpt)).toEqual(["Go on.", "The first half."]);
    expect(stateOf(during.entries, live)).toBe("kept within_policy auto");
    expect((await db().message.findUniqueOrThrow({ where: { id: live } })).tokenCounts).toBeNull();
    turns.provider.release();
    await writing.text();
  });

  it("follow the branch that the draft would begin", async () => {
    const tree = await plantTree(turns.actor, { q1: null, a1: "q1", q2: "a1", a2: "q2" });
    const { conversationId: id, idOf } = tree;
    const plan = await preview(id, { text: "two, edited", parentId: idOf("a1") });
    expect(plan.entries.map(({ messageId }) => messageId)).toEqual([idOf("q1"), idOf("a1")]);
    expect((await preview(id, { text: "one, edited", parentId: null })).entries).toEqual([]);
    await removeMessage(turns.actor, idOf("a1"));
    await expect(preview(id, { parentId: idOf("a1") })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("end where the cursor leads nowhere", async () => {
    const { conversationId: id } = await plantLongBranch(turns.actor, 10);
    expect(await preview(id, { before: newId() })).toMatchObject({ entries: [], before: null });
  });
});

describe("a summary in a preview", () => {
  async function talkWithSummary(extra: object = {}) {
    const { conversationId, ids } = await plantLongBranch(turns.actor, 60);
    await setPolicy(conversationId, { kind: "summary", rounds: 5 });
    const id = newId();
    const createdAt = new Date("2026-11-22T08:00:00Z");
    const coversToId = ids[39] ?? "";
    await db().summary.create({
      data: {
        ...{ id, conversationId, coversToId, createdAt, coveredCount: 40, source: "model" },
        ...{ text: "They spoke of lorem ipsum.", tokenCounts, modelLabel: "plain", ...extra },
      },
    });
    return { conversationId, ids, id };
  }

  it("is shown with what it covers, and goes along", async () => {
    const { conversationId, ids, id } = await talkWithSummary();
    const plan = await preview(conversationId, { text: "?", limit: 30 });
    expect(plan.summary).toMatchObject({
      id,
      text: "They spoke of lorem ipsum.",
      coversToId: ids[39],
      coveredCount: 40,
      carriedFrom: null,
      isStale: false,
      createdAt: "2026-11-22T08:00:00.000Z",
    });
    expect(plan).toMatchObject({ isSummarySent: true, isSummaryOff: false });
    expect(stateOf(plan.entries, ids[39])).toBe("summarised summarised auto");
    expect(plan.parts.summary).toBeGreaterThan(20);
    const older = await preview(conversationId, { before: plan.before });
    expect(new Set(older.entries.map(({ state }) => state))).toEqual(new Set(["summarised"]));
  });

  it("is stale once other messages are left out, wherever they stand above its end", async () => {
    const { conversationId, ids } = await talkWithSummary();
    const isStale = async () => (await preview(conversationId)).summary?.isStale;
    await change(ids[50] ?? "", { context: "excluded" });
    expect(await isStale()).toBe(false);
    for (const place of [39, 3]) {
      await change(ids[place] ?? "", { context: "excluded" });
      expect(await isStale()).toBe(true);
      await change(ids[place] ?? "", { context: "auto" });
      expect(await isStale()).toBe(false);
    }
    await db().summary.updateMany({ data: { excludedIds: [ids[3] ?? ""] } });
    expect(await isStale()).toBe(true);
    await change(ids[3] ?? "", { context: "excluded" });
    expect(await isStale()).toBe(false);
  });

  it("names the conversation that it was carried over from, if that is one's own", async () => {
    const from = await plantTree(turns.actor, { q1: null });
    const stranger = await plantTree(await makeUser(), { q1: null });
    const { conversationId } = await talkWithSummary({
      coversToId: null,
      carriedFromId: from.conversationId,
    });
    const carriedFrom = async () => (await preview(conversationId)).summary?.carriedFrom;
    expect(await carriedFrom()).toEqual({ id: from.conversationId, title: "A tree" });
    await db().summary.updateMany({ data: { carriedFromId: stranger.conversationId } });
    expect(await carriedFrom()).toBeNull();
  });
});

describe("a preview's figures", () => {
  it("cost what the model asked first costs", async () => {
    await setWindow(8_000);
    const { id: modelId } = await db().model.findFirstOrThrow();
    await storePrice(modelId);
    const { cost, inputTokens } = await preview(newId(), { text: "Hello" });
    // Where no limit is sent, an answer may take all that the prompt leaves; our count may be low.
    const most = Math.ceil(inputTokens * 1.09) + 64;
    expect(cost).toEqual({
      currency: "CNY",
      inputMicros: inputTokens * 2,
      mostMicros: most * 2 + (8_000 - most) * 8,
    });
    const short = { text: "Hello", settings: { parameters: { maxOutputTokens: 100 } } };
    expect((await preview(newId(), short)).cost?.mostMicros).toBe(most * 2 + 100 * 8);
  });

  it("say where the policy comes from, and take another in its place", async () => {
    const { conversationId: id } = await plantLongBranch(turns.actor, 4);
    expect(await preview(id)).toMatchObject({ policyFrom: "instance", policy: { rounds: 10 } });
    const own: ContextPolicy = { kind: "tokens", rounds: 7, tokens: 9_000 };
    await db().user.update({ where: { id: turns.actor.userId }, data: { contextPolicy: own } });
    expect(await preview(id)).toMatchObject({ policyFrom: "user", policy: own });
    await setPolicy(id, { rounds: 1 });
    expect(await preview(id)).toMatchObject({ policyFrom: "conversation", policy: { rounds: 1 } });
    const tried = await preview(id, { settings: { contextPolicy: { ...own, kind: "window" } } });
    expect(tried).toMatchObject({ policyFrom: "conversation", policy: { kind: "window" } });
    const plain = await preview(id, { settings: { contextPolicy: null } });
    expect(plain).toMatchObject({ policyFrom: "user", policy: own });
  });

  it("say that nothing fits, and which models have more room", async () => {
    await setWindow(600);
    const { providerId } = await db().model.findFirstOrThrow();
    for (const [name, contextWindow] of [
      ["xl", 90_000],
      ["l", 9_000],
      ["s", 500],
    ] as const) {
      const id = newId();
      await db().model.create({ data: { id, providerId, name, label: name, contextWindow } });
      const targets = { create: { modelId: id, position: 0 } };
      await db().alias.create({ data: { id, name, targets } });
    }
    const systemPrompt = "Speak of the sea. ".repeat(300);
    const plan = await preview(newId(), { text: "Hello", settings: { systemPrompt } });
    expect(plan.refusal).toMatchObject({ code: "context_too_long" });
    expect(Number(plan.refusal?.details["tokens"])).toBeGreaterThan(600);
    expect(plan.parts.free).toBeLessThan(0);
    expect(plan.largerModels.map(({ name, window }) => [name, window])).toEqual([
      ["l", 9_000],
      ["xl", 90_000],
    ]);
    expect((await preview(newId(), { text: "Hello" })).refusal).toBeNull();
  });

  it("warn before a conversation gets thin or dear, with what would help", async () => {
    await setWindow(4_000);
    const { conversationId: id } = await plantLongBranch(turns.actor, 60);
    const { providerId } = await db().model.findFirstOrThrow();
    const larger = { id: newId(), providerId, name: "l", label: "l", contextWindow: 9_000 };
    await db().model.create({ data: larger });
    const targets = { create: { modelId: larger.id, position: 0 } };
    await db().alias.create({ data: { id: larger.id, name: "Larger", targets } });
    const thin = await preview(id, { text: "?" });
    expect(thin).toMatchObject({ warnings: ["forgetting"], largerModels: [] });
    await setWindow(600);
    await db().model.update({ where: { id: larger.id }, data: { contextWindow: 9_000 } });
    const full = await preview(id, { text: "?" });
    expect(full.warnings).toEqual(["nearly_full", "forgetting"]);
    expect(full.largerModels).toEqual([{ id: larger.id, name: "Larger", window: 9_000 }]);
    await setWindow(4_000);
    const long = await preview(newId(), { text: "word ".repeat(2_500) });
    expect(long.warnings).toContain("nearly_full");
    const huge = await preview(newId(), { text: "word ".repeat(9_000) });
    expect(huge.warnings).toContain("draft_shortened");
    const short = await preview(newId(), { text: "?" });
    expect(short).toMatchObject({ warnings: [], largerModels: [] });
    await setWindow(null);
    expect((await preview(newId(), { text: "?" })).warnings).toEqual(["window_unknown"]);
  });

  it("are there where no model is on offer", async () => {
    await db().alias.deleteMany();
    const plan = await preview(newId(), { text: "Hello" });
    expect(plan).toMatchObject({ model: null, window: null, cost: null });
    expect(plan.refusal).toEqual({ code: "no_model", details: {} });
    expect(plan.parts.draft).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import { planRequestSchema, storedPlanSchema, type ContextPolicy } from "@/lib/contracts/context";
import { changeMessage } from "../conversations/change-message";
import { readAnswerPlan } from "../db/answer-plan";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { makeUser } from "../db/testing";
import { plantLongBranch, plantTree } from "../db/testing-tree";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { streamTurn } from "./stream-turn";
import { readChunks, useTurns } from "./testing-turns";

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

async function newestPlan(conversationId: string) {
  const { contextPlan } = await db().generation.findFirstOrThrow({
    where: { conversationId },
    orderBy: { startedAt: "desc" },
  });
  return storedPlanSchema.parse(contextPlan);
}

const tokenCounts = { o200k: 40, wide: 0, signs: 0 };

describe("what is previewed and what is sent", () => {
  /** Numbers that look random and are the same each time. */
  function makeRandom(seed: number) {
    let state = seed;
    return (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("are the same: %i", async (seed) => {
    const random = makeRandom(seed);
    const pieces = [
      "lorem ipsum ",
      "人工智能正在改变生活。",
      "if (a) { b(); }\n",
      "👍🏽 ok ",
      "x".repeat(400),
    ];
    const text = (most: number) =>
      Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)]).join("");
    const names = Array.from(
      { length: 8 + random(40) },
      (_, n) => `${n % 2 ? "a" : "q"}${String(n)}`,
    );
    const tree = await plantTree(
      turns.actor,
      Object.fromEntries(names.map((name, n) => [name, names[n - 1] ?? null])),
      { texts: Object.fromEntries(names.map((name) => [name, text(random(5) === 0 ? 60 : 6)])) },
    );
    const { conversationId: id, idOf } = tree;
    const any = () => idOf(names[random(names.length)] ?? "");
    for (let n = random(4); n > 0; n -= 1)
      await change(any(), { context: random(2) === 0 ? "pinned" : "excluded" });
    if (random(3) === 0) await change(any(), { isContextStart: true });
    const kinds = ["rounds", "tokens", "window", "summary"] as const;
    const policy = { kind: kinds[random(4)] ?? "rounds", rounds: 1 + random(8), tokens: 900 };
    await setPolicy(id, policy);
    if (random(2) === 0) {
      const summary = { id: newId(), conversationId: id, coversToId: any(), coveredCount: 3 };
      await db().summary.create({
        data: { ...summary, text: "So far.", tokenCounts, source: "model" },
      });
    }
    await setWindow([700, 2_000, 20_000, null][random(4)] ?? null);
    const draft = text(20);
    const isEdit = random(3) === 0;
    const parent = names[1 + 2 * random(3)];
    const extra = isEdit && parent !== undefined ? { parentId: idOf(parent) } : {};
    const plan = await preview(id, { text: draft, ...extra });
    await readChunks(await submit(id, draft, extra));
    const stored = await newestPlan(id);
    expect(stored.parts).toEqual(plan.parts);
    expect(stored.inputTokens).toBe(plan.inputTokens);
    expect(stored.summaryId).toBe(plan.isSummarySent ? plan.summary?.id : null);
    const { messages } = await findMessages(turns.actor, id, { limit: 100 });
    const question = messages.at(-2)?.id;
    expect(stored.firstSentId === question ? null : stored.firstSentId).toBe(plan.firstSentId);
  });
});

describe("the plan that was sent", () => {
  const planOf = async (id: string) => {
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    return readAnswerPlan(turns.actor, messages.at(-1)?.id ?? "");
  };

  it("is kept with an answer, each time it is made or gone on with", async () => {
    await setWindow(8_000);
    const id = newId();
    await readChunks(await submit(id, "one"));
    await readChunks(await submit(id, "two"));
    expect(await planOf(id)).toMatchObject({ modelLabel: "plain", window: 8_000, keptCount: 3 });
    await useModel("length");
    await readChunks(await submit(id, "three"));
    const cut = await planOf(id);
    expect(cut).toMatchObject({ modelLabel: "length", window: null, keptCount: 5 });
    await useModel("plain");
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    const messageId = messages.at(-1)?.id;
    const goOn = { id, trigger: "continue-message", messageId };
    await readChunks(await streamTurn(turns.actor, chatTurnSchema.parse(goOn)));
    expect(await planOf(id)).toMatchObject({ modelLabel: "plain" });
    expect((await planOf(id))?.inputTokens).toBeGreaterThan(cut?.inputTokens ?? 0);
  });

  it("is kept with each answer side by side", async () => {
    const id = newId();
    await readChunks(await submit(id, "one", { settings: { parameters: { n: 2 } } }));
    await expect
      .poll(() => db().message.count({ where: { conversationId: id, status: "streaming" } }))
      .toBe(0);
    const answers = await db().message.findMany({
      where: { conversationId: id, role: "assistant" },
    });
    expect(answers).toHaveLength(2);
    for (const answer of answers)
      expect(await readAnswerPlan(turns.actor, answer.id)).toMatchObject({ keptCount: 1 });
  });

  it("is nobody else's, and not of a question", async () => {
    const id = newId();
    await readChunks(await submit(id, "one"));
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    const [question, answer] = messages;
    const other = await makeUser();
    for (const read of [
      () => readAnswerPlan(other, answer?.id ?? ""),
      () => readAnswerPlan(turns.actor, question?.id ?? ""),
    ])
      await expect(read()).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes by the policy that came with the turn, which is kept", async () => {
    const { conversationId: id } = await plantLongBranch(turns.actor, 20);
    const contextPolicy: ContextPolicy = { kind: "rounds", rounds: 2, tokens: 9_000 };
    await readChunks(await submit(id, "and now", { settings: { contextPolicy } }));
    expect(await planOf(id)).toMatchObject({ policy: contextPolicy, keptCount: 5 });
    await readChunks(await submit(id, "and then"));
    expect(await planOf(id)).toMatchObject({ policy: contextPolicy, keptCount: 5 });
    await readChunks(await submit(id, "at last", { settings: { contextPolicy: null } }));
    expect(await planOf(id)).toMatchObject({ policy: { rounds: 10 }, keptCount: 21 });
  });
});

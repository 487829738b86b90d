import { afterEach, describe, expect, it } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import { branchContextSchema, planRequestSchema } from "@/lib/contracts/context";
import type { MessagePatch } from "@/lib/contracts/messages";
import { changeMessage } from "../conversations/change-message";
import { removeMessage } from "../conversations/remove-message";
import { branchOff } from "../db/branch-off";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { makeUser } from "../db/testing";
import { findBrokenTrees } from "../db/testing-tree";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { streamTurn } from "./stream-turn";
import { useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

afterEach(async () => {
  expect(await findBrokenTrees()).toEqual([]);
});

/** A conversation of three rounds: questions at 0, 2 and 4. */
async function talk() {
  const id = newId();
  for (const text of ["one", "two", "three"]) await (await submit(id, text)).text();
  const { messages } = await findMessages(turns.actor, id, { limit: 50 });
  const at = (place: number) => messages[place]?.id ?? "";
  return { id, at };
}

const change = (id: string, patch: MessagePatch) => changeMessage(turns.actor, id, patch);

const run = (id: string, trigger: string, messageId: string) =>
  streamTurn(turns.actor, chatTurnSchema.parse({ id, trigger, messageId }));

/** What is said of the branch that is shown. */
async function saidOf(id: string) {
  const { activeLeafId } = await db().conversation.findUniqueOrThrow({ where: { id } });
  const leaf = await db().message.findUniqueOrThrow({ where: { id: activeLeafId ?? "" } });
  const { marks, startId } = branchContextSchema.parse(leaf.branchContext ?? {});
  return { marks, startId };
}

const textsSent = () =>
  (turns.provider.requests().at(-1)?.body as { messages: { content: string }[] }).messages
    .slice(1)
    .map(({ content }) => content);

describe("what is said about a branch", () => {
  it("is what the next turn goes by, and can be taken back", async () => {
    const { id, at } = await talk();
    await change(at(0), { context: "excluded" });
    await change(at(1), { context: "excluded" });
    await (await submit(id, "four")).text();
    expect(textsSent()).toEqual(["two", "You said: two", "three", "You said: three", "four"]);
    await change(at(0), { context: "auto" });
    await change(at(1), { context: "auto" });
    await change(at(2), { isContextStart: true });
    await (await submit(id, "five")).text();
    expect(textsSent()[0]).toBe("two");
    await change(at(2), { isContextStart: false });
    await (await submit(id, "six")).text();
    expect(textsSent()[0]).toBe("one");
    expect(await saidOf(id)).toEqual({ marks: {}, startId: null });
  });

  it("is shown with the messages", async () => {
    const { id, at } = await talk();
    expect(await change(at(1), { context: "pinned" })).toMatchObject({ context: "pinned" });
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    expect(messages.map(({ context }) => context)).toEqual([
      "auto",
      "pinned",
      ...Array.from({ length: 4 }, () => "auto"),
    ]);
  });

  it("goes on with a new answer, an edit, and a text that a person wrote", async () => {
    const { id, at } = await talk();
    await change(at(0), { context: "pinned" });
    await change(at(1), { isContextStart: true });
    const said = { marks: { [at(0)]: "pinned" }, startId: at(1) };
    await (await run(id, "regenerate-message", at(5))).text();
    expect(await saidOf(id)).toEqual(said);
    await (await submit(id, "three, edited", { parentId: at(3) })).text();
    expect(await saidOf(id)).toEqual(said);
    await change(at(5), { isChosen: true });
    await change(at(5), { text: "Mine." });
    expect(await saidOf(id)).toEqual(said);
  });

  it("goes over to the message that takes another's place", async () => {
    const { id, at } = await talk();
    await change(at(4), { context: "pinned" });
    await change(at(4), { isContextStart: true });
    await change(at(1), { context: "excluded" });
    await (await submit(id, "three, edited", { parentId: at(3) })).text();
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    const edited = messages[4]?.id ?? "";
    expect(await saidOf(id)).toEqual({
      marks: { [edited]: "pinned", [at(1)]: "excluded" },
      startId: edited,
    });
    expect(textsSent()).toEqual(["three, edited"]);
    await change(messages[5]?.id ?? "", { isContextStart: true });
    await change(messages[5]?.id ?? "", { text: "Mine." });
    const { messages: changed } = await findMessages(turns.actor, id, { limit: 50 });
    expect((await saidOf(id)).startId).toBe(changed[5]?.id);
  });

  it("has no start that is not on the branch", async () => {
    const { id, at } = await talk();
    await change(at(4), { isContextStart: true });
    const draft = planRequestSchema.parse({ text: "?", parentId: at(1) });
    expect((await previewPlan(turns.actor, id, draft)).startId).toBeNull();
    await (await submit(id, "two, edited", { parentId: at(1) })).text();
    expect((await saidOf(id)).startId).toBeNull();
    expect(textsSent()).toEqual(["one", "You said: one", "two, edited"]);
    await change(at(2), { isChosen: true });
    expect((await saidOf(id)).startId).toBe(at(4));
  });

  it("leaves every other branch as it is", async () => {
    const { id, at } = await talk();
    await (await run(id, "regenerate-message", at(5))).text();
    await change(at(0), { context: "excluded" });
    expect((await saidOf(id)).marks).toEqual({ [at(0)]: "excluded" });
    await change(at(5), { isChosen: true });
    expect((await saidOf(id)).marks).toEqual({});
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    expect(messages[0]?.context).toBe("auto");
  });

  it("goes on where the end is deleted, and comes back with it", async () => {
    const { id, at } = await talk();
    await change(at(0), { context: "pinned" });
    await change(at(5), { isContextStart: true });
    await removeMessage(turns.actor, at(4));
    expect(await saidOf(id)).toEqual({ marks: { [at(0)]: "pinned" }, startId: null });
    await change(at(1), { context: "excluded" });
    await change(at(4), { isDeleted: false });
    expect(await saidOf(id)).toEqual({
      marks: { [at(0)]: "pinned", [at(1)]: "excluded" },
      startId: at(5),
    });
    await change(at(0), { context: "auto" });
    await removeMessage(turns.actor, at(4));
    expect((await saidOf(id)).marks).toEqual({ [at(1)]: "excluded" });
  });

  it("is the other branch's own where a deletion leads there", async () => {
    const { id, at } = await talk();
    await (await run(id, "regenerate-message", at(5))).text();
    await change(at(0), { context: "pinned" });
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    await removeMessage(turns.actor, messages[5]?.id ?? "");
    expect((await saidOf(id)).marks).toEqual({});
    await change(messages[5]?.id ?? "", { isDeleted: false });
    expect((await saidOf(id)).marks).toEqual({ [at(0)]: "pinned" });
  });

  it("goes along into a conversation of its own, with what else belongs to it", async () => {
    const { id, at } = await talk();
    const contextPolicy = { kind: "summary" as const, rounds: 3, tokens: 9_000 };
    const parameters = { temperature: 0.5 };
    await db().conversation.update({ where: { id }, data: { contextPolicy, parameters } });
    await change(at(0), { context: "pinned" });
    await change(at(1), { isContextStart: true });
    await change(at(5), { context: "excluded" });
    const tokenCounts = { o200k: 3, wide: 0, signs: 0 };
    const summary = { conversationId: id, text: "So far.", tokenCounts, source: "model" };
    await db().summary.createMany({
      data: [
        { ...summary, id: newId(), coversToId: at(2), coveredCount: 3, excludedIds: [at(0)] },
        { ...summary, id: newId(), coversToId: at(5), coveredCount: 6 },
      ],
    });
    const { id: copyId } = await branchOff(turns.actor, at(3));
    const { messages } = await findMessages(turns.actor, copyId, { limit: 50 });
    const [first, second, third] = messages.map((message) => message.id);
    expect(await saidOf(copyId)).toEqual({ marks: { [first ?? ""]: "pinned" }, startId: second });
    const copy = await db().conversation.findUniqueOrThrow({ where: { id: copyId } });
    expect(copy).toMatchObject({ contextPolicy, parameters });
    const summaries = await db().summary.findMany({ where: { conversationId: copyId } });
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toMatchObject({
      coversToId: third,
      excludedIds: [first],
      coveredCount: 3,
    });
  });

  it("can change while an answer is written, and holds for the next", async () => {
    await useModel("plain");
    const { id, at } = await talk();
    await useModel("gate");
    const writing = await submit(id, "four");
    await change(at(0), { context: "excluded" });
    turns.provider.release();
    await writing.text();
    expect((await saidOf(id)).marks).toEqual({ [at(0)]: "excluded" });
  });

  it("holds for all answers side by side that nothing follows yet", async () => {
    const { id, at } = await talk();
    const settings = { parameters: { n: 2 } };
    await (await submit(id, "four", { settings })).text();
    await expect
      .poll(() => db().message.count({ where: { conversationId: id, status: "streaming" } }))
      .toBe(0);
    await change(at(0), { context: "excluded" });
    const { messages } = await findMessages(turns.actor, id, { limit: 50 });
    const other = messages.at(-1)?.siblingIds.find((one) => one !== messages.at(-1)?.id);
    await change(other ?? "", { isChosen: true });
    expect((await saidOf(id)).marks).toEqual({ [at(0)]: "excluded" });
  });

  it("is never lost to a turn that opens at the same moment", async () => {
    const { id, at } = await talk();
    for (let round = 0; round < 6; round += 1) {
      const context = round % 2 === 0 ? ("excluded" as const) : ("auto" as const);
      const [answer] = await Promise.all([
        submit(id, `round ${String(round)}`),
        change(at(0), { context }),
      ]);
      await answer.text();
      expect((await saidOf(id)).marks).toEqual(round % 2 === 0 ? { [at(0)]: "excluded" } : {});
    }
  });

  it("of somebody else is neither read nor changed", async () => {
    const { id, at } = await talk();
    const other = await makeUser();
    await expect(changeMessage(other, at(0), { context: "pinned" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await saidOf(id)).marks).toEqual({});
  });
});

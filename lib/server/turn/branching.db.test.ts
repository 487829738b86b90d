import { afterEach, describe, expect, it } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import { changeMessage } from "../conversations/change-message";
import { removeMessage } from "../conversations/remove-message";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { findBrokenTrees } from "../db/testing-tree";
import { stopLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { streamTurn } from "./stream-turn";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";
import { wordsOf } from "@/lib/domain/conversation/words-of";

const { turns, useModel, submit } = useTurns();

afterEach(async () => {
  expect(await findBrokenTrees()).toEqual([]);
});

const inProgress = { code: "answer_in_progress" };

async function findBranch(id: string) {
  return (await findMessages(turns.actor, id, { limit: 50 })).messages;
}

const textsOf = async (id: string) =>
  (await findBranch(id)).map(({ parts }) => parts.map(wordsOf).join(""));

function regenerate(id: string, messageId: string | undefined) {
  return streamTurn(
    turns.actor,
    chatTurnSchema.parse({ id, trigger: "regenerate-message", messageId }),
  );
}

/** A conversation of two rounds. */
async function talk() {
  const id = newId();
  await (await submit(id, "one")).text();
  await (await submit(id, "two")).text();
  return { id, messages: await findBranch(id) };
}

const sentTexts = () =>
  (turns.provider.requests().at(-1)?.body as { messages: { content: string }[] }).messages
    .slice(1)
    .map(({ content }) => content);

describe("an edited question", () => {
  it("is an alternative in the middle, and the model is sent what is above it", async () => {
    const { id, messages } = await talk();
    await (await submit(id, "two, edited", { parentId: messages[1]?.id })).text();
    expect(await textsOf(id)).toEqual([
      "one",
      "You said: one",
      "two, edited",
      "You said: two, edited",
    ]);
    expect(sentTexts()).toEqual(["one", "You said: one", "two, edited"]);
    const [, , question] = await findBranch(id);
    expect(question?.siblingIds).toEqual([messages[2]?.id, question?.id]);
    await changeMessage(turns.actor, messages[2]?.id ?? "", { isChosen: true });
    expect(await findBranch(id)).toMatchObject(messages.map((message) => ({ id: message.id })));
  });

  it("is another beginning at the root", async () => {
    const { id, messages } = await talk();
    await (await submit(id, "one, edited", { parentId: null })).text();
    expect(await textsOf(id)).toEqual(["one, edited", "You said: one, edited"]);
    expect(sentTexts()).toEqual(["one, edited"]);
    const [root] = await findBranch(id);
    expect(root?.siblingIds).toEqual([messages[0]?.id, root?.id]);
    await changeMessage(turns.actor, messages[0]?.id ?? "", { isChosen: true });
    expect(await textsOf(id)).toHaveLength(4);
  });

  it("is refused below what was deleted, and nothing of it is stored", async () => {
    const { id, messages } = await talk();
    await removeMessage(turns.actor, messages[1]?.id ?? "");
    const before = await db().message.count();
    const requests = turns.provider.requests().length;
    for (const at of [1, 2, 3])
      await expect(submit(id, "too late", { parentId: messages[at]?.id })).rejects.toMatchObject({
        code: "conflict",
      });
    await expect(regenerate(id, messages[3]?.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await db().message.count()).toBe(before);
    expect(turns.provider.requests()).toHaveLength(requests);
    await (await submit(id, "again")).text();
    // Two questions in a row are sent as one.
    expect(await textsOf(id)).toEqual(["one", "again", "You said: one\n\nagain"]);
  });

  it("in two tabs at once is answered once, and the other may be sent after it", async () => {
    const { id, messages } = await talk();
    await useModel("slow");
    const parentId = messages[1]?.id;
    const settled = await Promise.allSettled([
      submit(id, "left", { parentId }),
      submit(id, "right", { parentId }),
    ]);
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason as unknown)).toMatchObject([inProgress]);
    await stopLiveAnswer(turns.actor, id);
    await useModel("plain");
    await (await submit(id, "the other", { parentId })).text();
    expect((await findBranch(id))[2]?.siblingIds).toHaveLength(3);
  });
});

describe("an answer that is made anew", () => {
  it("in the middle becomes the end of the branch, and the old way is remembered", async () => {
    const { id, messages } = await talk();
    await (await regenerate(id, messages[1]?.id)).text();
    const branch = await findBranch(id);
    expect(branch).toHaveLength(2);
    expect(branch[1]?.siblingIds).toEqual([messages[1]?.id, branch[1]?.id]);
    await changeMessage(turns.actor, messages[1]?.id ?? "", { isChosen: true });
    expect((await findBranch(id)).map((message) => message.id)).toEqual(
      messages.map((message) => message.id),
    );
    await changeMessage(turns.actor, branch[1]?.id ?? "", { isChosen: true });
    expect(await findBranch(id)).toHaveLength(2);
  });

  it("on a branch that another tab left leads back to it, at every level", async () => {
    const { id, messages } = await talk();
    await (await regenerate(id, messages[1]?.id)).text();
    const [, second] = await findBranch(id);
    await (await submit(id, "third tab", { parentId: messages[3]?.id })).text();
    expect(await findBranch(id)).toHaveLength(6);
    const end = (await findBranch(id)).at(-1)?.id;
    await expect
      .poll(
        async () =>
          (await db().message.findFirst({ where: { id: messages[0]?.id ?? "" } }))?.chosenChildId,
      )
      .toBe(messages[1]?.id);
    await changeMessage(turns.actor, second?.id ?? "", { isChosen: true });
    await (await submit(id, "another beginning", { parentId: null })).text();
    await changeMessage(turns.actor, messages[0]?.id ?? "", { isChosen: true });
    expect(await findBranch(id)).toHaveLength(2);
    await changeMessage(turns.actor, messages[1]?.id ?? "", { isChosen: true });
    expect((await findBranch(id)).at(-1)?.id).toBe(end);
  });
});

describe("while an answer is being written", () => {
  it("no other one begins, and no other branch is shown", async () => {
    const { id, messages } = await talk();
    await useModel("slow");
    const response = await submit(id, "three");
    const [question] = messages;
    await expect(submit(id, "edited", { parentId: null })).rejects.toMatchObject(inProgress);
    await expect(regenerate(id, messages[1]?.id)).rejects.toMatchObject(inProgress);
    await expect(
      changeMessage(turns.actor, question?.id ?? "", { isChosen: true }),
    ).rejects.toMatchObject(inProgress);
    await expect(
      changeMessage(turns.actor, messages[1]?.id ?? "", { text: "Edited" }),
    ).rejects.toMatchObject(inProgress);
    await changeMessage(turns.actor, question?.id ?? "", { context: "pinned" });
    await stopLiveAnswer(turns.actor, id);
    expect(lastOf(await readChunks(response)).status).toBe("stopped");
    expect(await findBranch(id)).toHaveLength(6);
  });

  it("deleting what is above it stops it first, and undoing brings back what came", async () => {
    const { id, messages } = await talk();
    await useModel("slow");
    const response = await submit(id, "three");
    await expect
      .poll(() => turns.provider.requests().filter(({ model }) => model === "slow"))
      .toHaveLength(1);
    await removeMessage(turns.actor, messages[2]?.id ?? "");
    const chunks = await readChunks(response);
    expect(lastOf(chunks).status).toBe("stopped");
    await expect.poll(() => turns.provider.requests().at(-1)?.isClosedByClient).toBe(true);
    expect(await findBranch(id)).toHaveLength(2);
    expect(await db().generation.count({ where: { status: "streaming" } })).toBe(0);
    await changeMessage(turns.actor, messages[2]?.id ?? "", { isDeleted: false });
    const branch = await findBranch(id);
    expect(branch).toHaveLength(6);
    expect(branch.at(-1)?.status).toBe("stopped");
    expect(branch.at(-1)?.parts.map(wordsOf).join("")).toBe(textOf(chunks));
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import { changeMessage } from "../conversations/change-message";
import { removeMessage } from "../conversations/remove-message";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { makeUser } from "../db/testing";
import { findBrokenTrees } from "../db/testing-tree";
import { stopLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { streamTurn } from "./stream-turn";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

afterEach(async () => {
  expect(await findBrokenTrees()).toEqual([]);
});

function goOn(id: string, messageId: string, actor = turns.actor) {
  return streamTurn(actor, chatTurnSchema.parse({ id, trigger: "continue-message", messageId }));
}

/** A conversation whose answer was cut, by its model if not by a stop. */
async function talkUntilCut(model = "length") {
  await useModel(model);
  const id = newId();
  const text = textOf(await readChunks(await submit(id, "Tell me all")));
  const [question, answer] = (await findMessages(turns.actor, id, { limit: 10 })).messages;
  if (question === undefined || answer === undefined) throw new Error("no answer was stored");
  return { id, text, question, answer };
}

const textIn = (parts: readonly { type: string; text?: string }[]) =>
  parts.flatMap(({ type, text }) => (type === "text" ? [text] : [])).join("");

describe("an answer that was cut", () => {
  it.each(["length", "reset", "no-finish"])("by %s goes on in the same message", async (cut) => {
    const { id, text, question, answer } = await talkUntilCut(cut);
    await useModel("plain");
    const chunks = await readChunks(await goOn(id, answer.id));
    expect(chunks[0]).toMatchObject({
      type: "start",
      messageId: answer.id,
      messageMetadata: { parentId: question.id, model: "plain" },
    });
    expect(textOf(chunks).startsWith(text)).toBe(true);
    expect(textOf(chunks).length).toBeGreaterThan(text.length);
    expect(lastOf(chunks)).toMatchObject({ status: "complete", errorCode: null });
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({
      id: answer.id,
      status: "complete",
      errorCode: null,
      errorDetails: null,
      siblingIds: [answer.id],
    });
    expect(textIn(messages[1]?.parts ?? [])).toBe(textOf(chunks));
  });

  it("is in what the model is sent, after its question", async () => {
    const { id, text, answer } = await talkUntilCut();
    await useModel("plain");
    await (await goOn(id, answer.id)).text();
    const sent = turns.provider.requests().at(-1)?.body as {
      messages: { role: string; content: string }[];
    };
    expect(sent.messages.slice(1)).toEqual([
      { role: "user", content: "Tell me all" },
      { role: "assistant", content: text },
      { role: "user", content: expect.stringContaining("was cut off") as string },
    ]);
  });

  it("has a generation and usage of its own for each go", async () => {
    const { id, answer } = await talkUntilCut();
    await (await goOn(id, answer.id)).text();
    await (await goOn(id, answer.id)).text();
    const generations = await db().generation.findMany({
      where: { messageId: answer.id },
      orderBy: { startedAt: "asc" },
      include: { attempts: true },
    });
    expect(generations.map(({ kind, status }) => [kind, status])).toEqual([
      ["answer", "length"],
      ["continuation", "length"],
      ["continuation", "length"],
    ]);
    for (const { attempts } of generations) expect(attempts).toHaveLength(1);
  });

  it("goes on once, however often and however fast that is asked for", async () => {
    const { id, text, answer } = await talkUntilCut();
    await useModel("slow");
    const requests = turns.provider.requests().length;
    const posted = await Promise.all([1, 2, 3].map(() => goOn(id, answer.id)));
    setTimeout(() => void stopLiveAnswer(turns.actor, id), 400);
    for (const chunks of await Promise.all(posted.map(readChunks))) {
      expect(textOf(chunks).startsWith(text)).toBe(true);
      expect(lastOf(chunks).status).toBe("stopped");
    }
    expect(turns.provider.requests()).toHaveLength(requests + 1);
  });

  it("keeps what there was when it is stopped again or fails, and can go on later", async () => {
    const { id, text, answer } = await talkUntilCut();
    for (const model of ["error-401", "reset"]) {
      await useModel(model);
      const chunks = await readChunks(await goOn(id, answer.id));
      expect(lastOf(chunks).status).toBe("interrupted");
      expect(textOf(chunks).startsWith(text)).toBe(true);
    }
    await useModel("slow");
    const response = await goOn(id, answer.id);
    setTimeout(() => void stopLiveAnswer(turns.actor, id), 300);
    expect(lastOf(await readChunks(response)).status).toBe("stopped");
    await useModel("plain");
    const chunks = await readChunks(await goOn(id, answer.id));
    expect(textOf(chunks).startsWith(text)).toBe(true);
    expect(lastOf(chunks).status).toBe("complete");
  });
});

describe("an answer does not go on", () => {
  const conflict = { code: "conflict" };
  const missing = { code: "not_found" };

  it("when it is whole, a question, or a text that a person wrote", async () => {
    const { id, question, answer } = await talkUntilCut("plain");
    for (const messageId of [question.id, answer.id])
      await expect(goOn(id, messageId)).rejects.toMatchObject(conflict);
    const edited = await changeMessage(turns.actor, answer.id, { text: "Edited" });
    await expect(goOn(id, edited.id)).rejects.toMatchObject(conflict);
  });

  it("when something follows it, or another branch is shown", async () => {
    const { id, question, answer } = await talkUntilCut();
    await changeMessage(turns.actor, answer.id, { text: "Edited" });
    await expect(goOn(id, answer.id)).rejects.toMatchObject(conflict);
    await changeMessage(turns.actor, answer.id, { isChosen: true });
    await (await submit(id, "What next?")).text();
    await expect(goOn(id, answer.id)).rejects.toMatchObject(conflict);
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    await removeMessage(turns.actor, messages[2]?.id ?? "");
    await useModel("plain");
    expect(lastOf(await readChunks(await goOn(id, answer.id))).status).toBe("complete");
    expect(question.siblingIds).toHaveLength(1);
  });

  it("while another one is being written", async () => {
    const { id, question, answer } = await talkUntilCut();
    await useModel("slow");
    const again = chatTurnSchema.parse({
      id,
      trigger: "regenerate-message",
      messageId: question.id,
    });
    const response = await streamTurn(turns.actor, again);
    await expect(goOn(id, answer.id)).rejects.toMatchObject({ code: "answer_in_progress" });
    await stopLiveAnswer(turns.actor, id);
    await response.text();
  });

  it("when it is deleted, does not exist, or is somebody else's", async () => {
    const { id, answer } = await talkUntilCut();
    await expect(goOn(id, newId())).rejects.toMatchObject(missing);
    await expect(goOn(newId(), answer.id)).rejects.toMatchObject(missing);
    await expect(goOn(id, answer.id, await makeUser())).rejects.toMatchObject(missing);
    await removeMessage(turns.actor, answer.id);
    await expect(goOn(id, answer.id)).rejects.toMatchObject(missing);
  });
});

import { describe, expect, it } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import { db } from "../db/client";
import { deleteConversation, getConversation } from "../db/conversations";
import { findMessages } from "../db/messages";
import { updateInstanceSettings } from "../db/settings";
import { makeUser } from "../db/testing";
import {
  findLiveAnswer,
  stopAllGenerations,
  stopAnswersOf,
  stopLiveAnswer,
} from "../generations/hub";
import { newId } from "../ids";
import { resumeTurn, streamTurn } from "./stream-turn";
import { findRows, lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

describe("a turn", () => {
  it("stores the question before the provider is asked, streams, and stores the answer", async () => {
    const id = newId();
    const chunks = await readChunks(await submit(id, "Hello there"));
    expect(chunks[0]).toMatchObject({ type: "start", messageMetadata: { title: "Hello there" } });
    expect(textOf(chunks)).toContain("Hello there");
    expect(lastOf(chunks)).toMatchObject({ status: "complete", errorCode: null });
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages.map(({ role, status }) => [role, status])).toEqual([
      ["user", "complete"],
      ["assistant", "complete"],
    ]);
    expect(messages[1]?.parts).toEqual([{ type: "text", text: textOf(chunks) }]);
    const [generation] = await db().generation.findMany();
    expect(generation).toMatchObject({ status: "complete", usageSource: "reported" });
    expect(generation?.inputTokens).toBeGreaterThan(0);
  });

  it("rebuilds the history from the database, system prompt first", async () => {
    const id = newId();
    await (await submit(id, "one", { settings: { systemPrompt: "Be a pirate." } })).text();
    await (await submit(id, "two")).text();
    const sent = turns.provider.requests().at(-1)?.body as { messages: { role: string }[] };
    expect(sent.messages.map((message) => message.role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
    ]);
    expect(sent.messages[0]).toMatchObject({ content: "Be a pirate." });
    expect(sent.messages[3]).toMatchObject({ content: "two" });
  });

  it("sends the last N rounds only", async () => {
    await updateInstanceSettings(
      { system: "test" },
      { contextPolicy: { kind: "rounds", rounds: 2, tokens: 32_000 } },
    );
    const id = newId();
    for (const text of ["one", "two", "three", "four"]) await (await submit(id, text)).text();
    const sent = turns.provider.requests().at(-1)?.body as { messages: { content: string }[] };
    expect(sent.messages.filter(({ content }) => content.length < 10)).toEqual([
      { role: "user", content: "two" },
      { role: "user", content: "three" },
      { role: "user", content: "four" },
    ]);
  });

  it("keeps a conversation's model until another one is asked for", async () => {
    const id = newId();
    const { id: providerId } = await db().provider.findFirstOrThrow();
    const other = newId();
    await db().model.create({ data: { id: other, providerId, name: "count", label: "Other" } });
    const targets = { create: { modelId: other, position: 0 } };
    await db().alias.create({ data: { id: other, name: "Other", targets } });
    await (await submit(id, "3", { model: other })).text();
    await (await submit(id, "4")).text();
    expect(turns.provider.requests().map((request) => request.model)).toEqual(["count", "count"]);
    await expect(submit(id, "5", { model: newId() })).rejects.toMatchObject({ code: "no_model" });
    await db().model.update({ where: { id: other }, data: { isEnabled: false } });
    await (await submit(id, "6")).text();
    expect(turns.provider.requests().at(-1)?.model).toBe("plain");
  });

  it("answers the same message once, however often and however fast it is posted", async () => {
    const id = newId();
    const message = { id: newId(), role: "user", parts: [{ type: "text", text: "Once" }] };
    const turn = chatTurnSchema.parse({ id, message });
    const posted = await Promise.all([1, 2, 3, 4].map(() => streamTurn(turns.actor, turn)));
    const texts = await Promise.all(posted.map(readChunks));
    const late = await readChunks(await streamTurn(turns.actor, turn));
    for (const chunks of [...texts, late]) expect(textOf(chunks)).toContain("Once");
    expect(turns.provider.requests()).toHaveLength(1);
    expect(await findRows()).toHaveLength(2);
  });

  it("answers the same message with what is stored, also when another model is asked", async () => {
    const [id, messageId] = [newId(), newId()];
    const text = "  Once, with room around\n";
    const message = { id: messageId, role: "user", parts: [{ type: "text", text }] };
    const first = await readChunks(await submit(id, text, { message }));
    const model = (await db().alias.findFirstOrThrow()).id;
    for (const extra of [
      {},
      { model },
      { parentId: null },
      { settings: { systemPrompt: "Hm." } },
    ]) {
      const again = await readChunks(await submit(id, text, { message, ...extra }));
      expect(textOf(again)).toBe(textOf(first));
    }
    expect(turns.provider.requests()).toHaveLength(1);
    expect(await findRows()).toHaveLength(2);
  });

  it("refuses another message under the id of one that is stored, and stores nothing", async () => {
    const id = newId();
    const message = { id: newId(), role: "user", parts: [{ type: "text", text: "Mine" }] };
    const chunks = await readChunks(await submit(id, "Mine", { message }));
    const before = await findRows();
    const stored = before.find(({ role }) => role === "assistant")?.id ?? "";
    const others = [
      { message: { ...message, parts: [{ type: "text", text: "Another" }] } },
      { message: { ...message, parts: [{ type: "text", text: "Mine " }] } },
      { message, parentId: stored },
      { message: { ...message, id: stored } },
    ];
    for (const other of others)
      await expect(submit(id, "", other)).rejects.toMatchObject({
        code: "conflict",
        details: { field: "message", reason: "has the id of another message" },
      });
    expect(await findRows()).toEqual(before);
    expect(turns.provider.requests()).toHaveLength(1);
    expect(textOf(await readChunks(await submit(id, "", { message })))).toBe(textOf(chunks));
  });

  it("lets one of two different messages at the same moment through", async () => {
    const id = newId();
    await (await submit(id, "first")).text();
    await useModel("slow");
    const settled = await Promise.allSettled([submit(id, "left"), submit(id, "right")]);
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "answer_in_progress" });
    await stopLiveAnswer(turns.actor, id);
    expect(await findRows()).toHaveLength(4);
  });

  it("regenerates as a sibling and deletes nothing", async () => {
    const id = newId();
    await (await submit(id, "Again")).text();
    const before = await findMessages(turns.actor, id, { limit: 10 });
    const first = before.messages[1]?.id ?? "";
    const again = chatTurnSchema.parse({ id, trigger: "regenerate-message", messageId: first });
    await (await streamTurn(turns.actor, again)).text();
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages).toHaveLength(2);
    expect(messages[1]?.siblingIds).toEqual([first, messages[1]?.id]);
    expect(await findRows()).toHaveLength(3);
    const sent = turns.provider.requests().at(-1)?.body as { messages: { role: string }[] };
    expect(sent.messages.map((message) => message.role)).toEqual(["system", "user"]);
  });
});

describe("a live answer", () => {
  it("goes on when its reader leaves, and can be followed again from the start", async () => {
    await useModel("slow");
    const id = newId();
    const response = await submit(id, "Slowly");
    await response.body?.cancel();
    const resumed = await resumeTurn(turns.actor, id, null);
    const stopper = setTimeout(() => void stopLiveAnswer(turns.actor, id), 600);
    const chunks = await readChunks(resumed ?? new Response());
    clearTimeout(stopper);
    expect(textOf(chunks).length).toBeGreaterThan(0);
    expect(lastOf(chunks).status).toBe("stopped");
  });

  it("is stopped at the provider too, and keeps what came", async () => {
    await useModel("slow");
    const id = newId();
    const response = await submit(id, "Stop me");
    setTimeout(() => void stopLiveAnswer(turns.actor, id), 500);
    const chunks = await readChunks(response);
    expect(lastOf(chunks).status).toBe("stopped");
    const { messages } = await findMessages(turns.actor, id, { limit: 2 });
    expect(messages[1]?.parts).toEqual([{ type: "text", text: textOf(chunks) }]);
    await expect.poll(() => turns.provider.requests().at(-1)?.isClosedByClient).toBe(true);
    const [generation] = await db().generation.findMany();
    expect(generation).toMatchObject({ status: "stopped", usageSource: "estimated" });
    expect(await resumeTurn(turns.actor, id, null)).toBeNull();
  });

  it("ends when its owner may no longer be here", async () => {
    await useModel("slow");
    const response = await submit(newId(), "Until I am gone");
    setTimeout(() => {
      stopAnswersOf(turns.actor.userId);
    }, 200);
    expect(lastOf(await readChunks(response)).status).toBe("stopped");
  });

  it("is checkpointed while it is written, and interrupted by a shutdown", async () => {
    await useModel("slow");
    const id = newId();
    const response = await submit(id, "For a while");
    await expect
      .poll(async () => JSON.stringify((await findRows())[1]?.parts), { timeout: 4000 })
      .toContain("text");
    await stopAllGenerations("shutdown");
    const chunks = await readChunks(response);
    expect(lastOf(chunks)).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
    });
  });
});

describe("somebody else", () => {
  it("can't send into, follow, stop or take over a conversation, and no call is made", async () => {
    await useModel("slow");
    const id = newId();
    const response = await submit(id, "Mine");
    const question = (await findRows())[0]?.id ?? "";
    const owner = turns.actor;
    turns.actor = await makeUser();
    // The answer itself grows meanwhile.
    const findPlaces = async () =>
      (await findRows()).map(({ id, conversationId, parentId }) => [id, conversationId, parentId]);
    const before = await findPlaces();
    await expect(submit(id, "Not yours")).rejects.toMatchObject({ code: "not_found" });
    await expect(submit(newId(), "Graft", { parentId: question })).rejects.toMatchObject({
      code: "not_found",
    });
    const message = { id: question, role: "user", parts: [{ type: "text", text: "Copy" }] };
    await expect(
      streamTurn(turns.actor, chatTurnSchema.parse({ id: newId(), message })),
    ).rejects.toMatchObject({ code: "not_found" });
    await stopLiveAnswer(turns.actor, id);
    expect(findLiveAnswer(turns.actor, id)).toBeNull();
    expect(findLiveAnswer(owner, id)).not.toBeNull();
    expect(await findPlaces()).toEqual(before);
    await expect
      .poll(() => turns.provider.requests().map((request) => JSON.stringify(request.body)))
      .toEqual([expect.stringContaining("Mine")]);
    await stopLiveAnswer(owner, id);
    await response.text();
  });

  it("finds a deleted conversation as little as its owner does", async () => {
    const id = newId();
    await (await submit(id, "Gone")).text();
    await deleteConversation(turns.actor, id);
    await expect(submit(id, "Still there?")).rejects.toMatchObject({ code: "not_found" });
    expect(await getConversation(turns.actor, id)).toBeNull();
  });
});

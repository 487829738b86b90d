import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import { chatTurnSchema, type AnswerChunk } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { deleteConversation, getConversation } from "../db/conversations";
import { db } from "../db/client";
import { findMessages } from "../db/messages";
import { updateInstanceSettings } from "../db/settings";
import { makeUser, useTestDatabase } from "../db/testing";
import {
  findLiveAnswer,
  stopAllGenerations,
  stopAnswersOf,
  stopLiveAnswer,
} from "../generations/hub";
import { newId } from "../ids";
import { sealProviderKey } from "../providers/provider-key";
import { resumeTurn, streamTurn } from "./stream-turn";

let provider: ScriptedProvider;
let actor: Actor;
const conversationId = () => newId();

useTestDatabase();

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(() => provider.close());

beforeEach(async () => {
  provider.reset();
  actor = await makeUser();
  await useModel("plain");
});

/** Makes this the one model of the instance. */
async function useModel(name: string): Promise<string> {
  const id = newId();
  await db().provider.deleteMany();
  const providerId = newId();
  await db().provider.create({
    data: {
      id: providerId,
      name: "Scripted",
      kind: "openai-compatible",
      baseUrl: provider.url,
      encryptedKey: sealProviderKey("sk-test", providerId),
      models: { create: { id, name, label: name, isDefault: true } },
    },
  });
  return id;
}

function submit(id: string, text: string, extra: Record<string, unknown> = {}) {
  const message = { id: newId(), role: "user", parts: [{ type: "text", text }] };
  return streamTurn(actor, chatTurnSchema.parse({ id, message, ...extra }));
}

async function readChunks(response: Response): Promise<AnswerChunk[]> {
  const text = await response.text();
  return text
    .split("\n\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as AnswerChunk);
}

const textOf = (chunks: AnswerChunk[]) =>
  chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");

const lastOf = (chunks: AnswerChunk[]) => {
  const last = chunks.at(-1);
  if (last?.type !== "finish") throw new Error("the stream did not finish");
  return last.messageMetadata;
};

const rows = () => db().message.findMany({ orderBy: [{ createdAt: "asc" }, { role: "asc" }] });

describe("a turn", () => {
  it("stores the question before the provider is asked, streams, and stores the answer", async () => {
    const id = conversationId();
    const chunks = await readChunks(await submit(id, "Hello there"));
    expect(chunks[0]).toMatchObject({ type: "start", messageMetadata: { title: "Hello there" } });
    expect(textOf(chunks)).toContain("Hello there");
    expect(lastOf(chunks)).toMatchObject({ status: "complete", errorCode: null });
    const { messages } = await findMessages(actor, id, { limit: 10 });
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
    const id = conversationId();
    await (await submit(id, "one", { settings: { systemPrompt: "Be a pirate." } })).text();
    await (await submit(id, "two")).text();
    const sent = provider.requests().at(-1)?.body as { messages: { role: string }[] };
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
    await updateInstanceSettings({ system: "test" }, { windowRounds: 2 });
    const id = conversationId();
    for (const text of ["one", "two", "three", "four"]) await (await submit(id, text)).text();
    const sent = provider.requests().at(-1)?.body as { messages: { content: string }[] };
    expect(sent.messages.filter(({ content }) => content.length < 10)).toEqual([
      { role: "user", content: "two" },
      { role: "user", content: "three" },
      { role: "user", content: "four" },
    ]);
  });

  it("keeps a conversation's model until another one is asked for", async () => {
    const id = conversationId();
    const { id: providerId } = await db().provider.findFirstOrThrow();
    const other = newId();
    await db().model.create({ data: { id: other, providerId, name: "count", label: "Other" } });
    await (await submit(id, "3", { model: other })).text();
    await (await submit(id, "4")).text();
    expect(provider.requests().map((request) => request.model)).toEqual(["count", "count"]);
    await expect(submit(id, "5", { model: newId() })).rejects.toMatchObject({ code: "no_model" });
    await db().model.update({ where: { id: other }, data: { isEnabled: false } });
    await (await submit(id, "6")).text();
    expect(provider.requests().at(-1)?.model).toBe("plain");
  });

  it("answers the same message once, however often and however fast it is posted", async () => {
    const id = conversationId();
    const message = { id: newId(), role: "user", parts: [{ type: "text", text: "Once" }] };
    const turn = chatTurnSchema.parse({ id, message });
    const posted = await Promise.all([1, 2, 3, 4].map(() => streamTurn(actor, turn)));
    const texts = await Promise.all(posted.map(readChunks));
    const late = await readChunks(await streamTurn(actor, turn));
    for (const chunks of [...texts, late]) expect(textOf(chunks)).toContain("Once");
    expect(provider.requests()).toHaveLength(1);
    expect(await rows()).toHaveLength(2);
  });

  it("lets one of two different messages at the same moment through", async () => {
    const id = conversationId();
    await (await submit(id, "first")).text();
    await useModel("slow");
    const settled = await Promise.allSettled([submit(id, "left"), submit(id, "right")]);
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "answer_in_progress" });
    await stopLiveAnswer(actor, id);
    expect(await rows()).toHaveLength(4);
  });

  it("regenerates as a sibling and deletes nothing", async () => {
    const id = conversationId();
    await (await submit(id, "Again")).text();
    const before = await findMessages(actor, id, { limit: 10 });
    const first = before.messages[1]?.id ?? "";
    const again = chatTurnSchema.parse({ id, trigger: "regenerate-message", messageId: first });
    await (await streamTurn(actor, again)).text();
    const { messages } = await findMessages(actor, id, { limit: 10 });
    expect(messages).toHaveLength(2);
    expect(messages[1]?.siblingIds).toEqual([first, messages[1]?.id]);
    expect(await rows()).toHaveLength(3);
    const sent = provider.requests().at(-1)?.body as { messages: { role: string }[] };
    expect(sent.messages.map((message) => message.role)).toEqual(["system", "user"]);
  });
});

describe("an answer that goes wrong", () => {
  it.each([
    ["error-401", "failed", "provider_key_refused"],
    ["error-404", "failed", "provider_model_missing"],
    ["error-429", "failed", "provider_rate_limited"],
    ["error-429-quota", "failed", "provider_out_of_credit"],
    ["error-500", "failed", "provider_failed"],
    ["context-too-long", "failed", "context_too_long"],
    ["empty", "failed", "empty_answer"],
    ["reset", "interrupted", "connection_lost"],
    ["no-finish", "interrupted", "connection_lost"],
    ["error-in-stream", "interrupted", "provider_failed"],
    ["content-filter", "filtered", "answer_filtered"],
    ["length", "length", null],
    ["no-done", "complete", null],
    ["json-instead", "complete", null],
    ["bad-usage", "complete", null],
  ])("%s ends as %s", async (model, status, errorCode) => {
    await useModel(model);
    const id = conversationId();
    const chunks = await readChunks(await submit(id, "Try this"));
    expect(lastOf(chunks)).toMatchObject({ status, errorCode });
    const { messages } = await findMessages(actor, id, { limit: 10 });
    expect(messages[0]?.parts).toEqual([{ type: "text", text: "Try this" }]);
    expect(messages[1]).toMatchObject({ status, errorCode });
    if (status === "interrupted") expect(textOf(chunks).length).toBeGreaterThan(0);
    expect(JSON.stringify(chunks)).not.toContain("sk-test");
    await useModel("plain");
    expect(lastOf(await readChunks(await submit(id, "And now")))).toMatchObject({
      status: "complete",
    });
  });

  it.each(["stall", "stall-headers", "stall-mid"])(
    "%s ends as a time-out, never as an endless wait",
    async (model) => {
      await updateInstanceSettings(
        { system: "test" },
        { firstTokenTimeoutSeconds: 1, idleTimeoutSeconds: 1 },
      );
      await useModel(model);
      const chunks = await readChunks(await submit(conversationId(), "Anybody?"));
      expect(lastOf(chunks)).toMatchObject({ errorCode: "provider_timeout" });
      await updateInstanceSettings(
        { system: "test" },
        { firstTokenTimeoutSeconds: 120, idleTimeoutSeconds: 60 },
      );
    },
  );

  it("stores what PostgreSQL can hold of NUL and lone surrogates", async () => {
    await useModel("nul");
    const chunks = await readChunks(await submit(conversationId(), "Odd"));
    expect(lastOf(chunks).status).toBe("complete");
    expect(textOf(chunks)).not.toContain("\u0000");
    expect(textOf(chunks).isWellFormed()).toBe(true);
  });

  it("shows reasoning apart, from a field and from tags", async () => {
    for (const model of ["reasoning", "think-tags"]) {
      await useModel(model);
      const id = conversationId();
      await (await submit(id, "Think")).text();
      const { messages } = await findMessages(actor, id, { limit: 2 });
      expect(messages[1]?.parts.map((part) => part.type)).toEqual(["reasoning", "text"]);
    }
  });
});

describe("a live answer", () => {
  it("goes on when its reader leaves, and can be followed again from the start", async () => {
    await useModel("slow");
    const id = conversationId();
    const response = await submit(id, "Slowly");
    await response.body?.cancel();
    const resumed = resumeTurn(actor, id);
    const stopper = setTimeout(() => void stopLiveAnswer(actor, id), 600);
    const chunks = await readChunks(resumed ?? new Response());
    clearTimeout(stopper);
    expect(textOf(chunks).length).toBeGreaterThan(0);
    expect(lastOf(chunks).status).toBe("stopped");
  });

  it("is stopped at the provider too, and keeps what came", async () => {
    await useModel("slow");
    const id = conversationId();
    const response = await submit(id, "Stop me");
    setTimeout(() => void stopLiveAnswer(actor, id), 500);
    const chunks = await readChunks(response);
    expect(lastOf(chunks).status).toBe("stopped");
    const { messages } = await findMessages(actor, id, { limit: 2 });
    expect(messages[1]?.parts).toEqual([{ type: "text", text: textOf(chunks) }]);
    await expect.poll(() => provider.requests().at(-1)?.isClosedByClient).toBe(true);
    const [generation] = await db().generation.findMany();
    expect(generation).toMatchObject({ status: "stopped", usageSource: "estimated" });
    expect(resumeTurn(actor, id)).toBeNull();
  });

  it("ends when its owner may no longer be here", async () => {
    await useModel("slow");
    const response = await submit(conversationId(), "Until I am gone");
    setTimeout(() => {
      stopAnswersOf(actor.userId);
    }, 200);
    expect(lastOf(await readChunks(response)).status).toBe("stopped");
  });

  it("is checkpointed while it is written, and interrupted by a shutdown", async () => {
    await useModel("slow");
    const id = conversationId();
    const response = await submit(id, "For a while");
    await expect
      .poll(async () => JSON.stringify((await rows())[1]?.parts), { timeout: 4000 })
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
    const id = conversationId();
    const response = await submit(id, "Mine");
    const question = (await rows())[0]?.id ?? "";
    const owner = actor;
    actor = await makeUser();
    const before = await rows();
    await expect(submit(id, "Not yours")).rejects.toMatchObject({ code: "not_found" });
    await expect(submit(newId(), "Graft", { parentId: question })).rejects.toMatchObject({
      code: "not_found",
    });
    const message = { id: question, role: "user", parts: [{ type: "text", text: "Copy" }] };
    await expect(
      streamTurn(actor, chatTurnSchema.parse({ id: newId(), message })),
    ).rejects.toMatchObject({ code: "not_found" });
    await stopLiveAnswer(actor, id);
    expect(findLiveAnswer(actor, id)).toBeNull();
    expect(findLiveAnswer(owner, id)).not.toBeNull();
    expect(await rows()).toEqual(before);
    await expect
      .poll(() => provider.requests().map((request) => JSON.stringify(request.body)))
      .toEqual([expect.stringContaining("Mine")]);
    await stopLiveAnswer(owner, id);
    await response.text();
  });

  it("finds a deleted conversation as little as its owner does", async () => {
    const id = conversationId();
    await (await submit(id, "Gone")).text();
    await deleteConversation(actor, id);
    await expect(submit(id, "Still there?")).rejects.toMatchObject({ code: "not_found" });
    expect(await getConversation(actor, id)).toBeNull();
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { chatTurnSchema, type AnswerChunk, type Candidate } from "@/lib/contracts/chat";
import { figureCandidates } from "@/lib/domain/answer/candidate-figures";
import { chooseMessage } from "../db/branches";
import { findCandidates } from "../db/candidates";
import { db } from "../db/client";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { findMessages } from "../db/messages";
import { makeUser } from "../db/testing";
import { findBrokenTrees } from "../db/testing-tree";
import { stopLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { resumeTurn, streamTurn } from "./stream-turn";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();
const system = { system: "test" };

/** Offers one more model of the scripted provider, or of another address of it. */
async function offer(name: string, card: object = {}): Promise<string> {
  const { id: providerId } = await db().provider.findFirstOrThrow();
  const id = newId();
  await db().model.create({ data: { id, providerId, name, label: name, card } });
  const targets = { create: { modelId: id, position: 0 } };
  await db().alias.create({ data: { id, name: `${name} ${id}`, targets } });
  return id;
}

const candidatesOf = (chunks: AnswerChunk[]): Candidate[] =>
  chunks[0]?.type === "start" ? (chunks[0].messageMetadata.candidates ?? []) : [];

/** Reads the beginning of a stream, and lets go of it. */
async function readStart(response: Response): Promise<Candidate[]> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  const [line = ""] = new TextDecoder().decode(value).split("\n\n");
  return candidatesOf([JSON.parse(line.slice(6)) as AnswerChunk]);
}

async function readAnswer(id: string, { messageId }: Candidate) {
  return readChunks((await resumeTurn(turns.actor, id, messageId)) ?? new Response());
}

const findConversation = (id: string) => db().conversation.findUniqueOrThrow({ where: { id } });
const isFree = (id: string) =>
  expect.poll(async () => (await findConversation(id)).liveMessageIds).toEqual([]);

/** The answers of the newest group, as they are stored. */
async function findGroup(id: string) {
  const { messages } = await findMessages(turns.actor, id, { limit: 10 });
  const found = await findCandidates(turns.actor, messages.at(-1)?.id ?? "");
  const figures = figureCandidates(found.map(({ record }) => record));
  return found.map(({ message, modelId }, at) => ({ ...message, modelId, figures: figures[at] }));
}

describe("the same question to several models", () => {
  let others: string[] = [];
  let first = "";

  beforeEach(async () => {
    first = await useModel("echo");
    others = [await offer("plain"), await offer("count")];
  });

  it("is answered by each, side by side, and the first is the one that is shown", async () => {
    const id = newId();
    const chunks = await readChunks(await submit(id, "7", { compare: [first, ...others] }));
    await isFree(id);
    const group = await findGroup(id);
    expect(candidatesOf(chunks).map(({ model }) => model)).toEqual(["echo", "plain", "count"]);
    expect(group.map((one) => one.id)).toEqual(
      candidatesOf(chunks).map(({ messageId }) => messageId),
    );
    expect(group).toMatchObject(
      ["echo", "plain", "count"].map((model, at) => ({
        model,
        status: "complete",
        candidateGroup: group[0]?.id,
        siblingIds: group.map((one) => one.id),
        modelId: [first, ...others][at],
        figures: { isEstimated: false, cost: null },
      })),
    );
    expect(turns.provider.requests().map(({ model }) => model)).toEqual(
      expect.arrayContaining(["echo", "plain", "count"]),
    );
    expect(await findConversation(id)).toMatchObject({
      activeLeafId: group[0]?.id,
      modelId: first,
    });
    expect(await db().attempt.count()).toBe(3);
    expect(await findBrokenTrees()).toEqual([]);
  });

  it("goes on with the one that is chosen, and with its model", async () => {
    const id = newId();
    await readChunks(await submit(id, "7", { compare: [first, ...others] }));
    await isFree(id);
    const [, second] = await findGroup(id);
    await chooseMessage(turns.actor, second?.id ?? "");
    await readChunks(await submit(id, "And then?"));
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages[1]?.id).toBe(second?.id);
    expect(messages.at(-1)?.model).toBe("plain");
    expect(messages.at(-1)?.candidateGroup).toBeNull();
  });

  it("does not disturb the others when one fails, and goes on with the first that is whole", async () => {
    const id = newId();
    const broken = await useModel("error-400");
    const whole = [await offer("plain"), await offer("echo")];
    const chunks = await readChunks(await submit(id, "Hm", { compare: [broken, ...whole] }));
    expect(lastOf(chunks).status).toBe("failed");
    await isFree(id);
    const group = await findGroup(id);
    expect(group.map(({ status }) => status)).toEqual(["failed", "complete", "complete"]);
    expect((await findConversation(id)).activeLeafId).toBe(group[1]?.id);
    // Walking away and back leads to it, too.
    const [question] = (await findMessages(turns.actor, id, { limit: 10 })).messages;
    await chooseMessage(turns.actor, question?.id ?? "");
    expect((await findConversation(id)).activeLeafId).toBe(group[1]?.id);
  });

  it("is refused as a whole when one of the models is not offered", async () => {
    const id = newId();
    await expect(submit(id, "7", { compare: [first, newId()] })).rejects.toMatchObject({
      code: "no_model",
    });
    expect(await db().message.count()).toBe(0);
    expect(turns.provider.requests()).toEqual([]);
  });

  it("can be asked again of an answer that is there", async () => {
    const id = newId();
    await readChunks(await submit(id, "7"));
    const [, answer] = (await findMessages(turns.actor, id, { limit: 10 })).messages;
    const again = {
      id,
      trigger: "regenerate-message",
      messageId: answer?.id,
      compare: [first, ...others],
    };
    await readChunks(await streamTurn(turns.actor, chatTurnSchema.parse(again)));
    await isFree(id);
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages).toHaveLength(2);
    expect(messages[1]?.siblingIds).toHaveLength(4);
    expect(messages[1]?.candidateGroup).toBe(messages[1]?.id);
    await chooseMessage(turns.actor, answer?.id ?? "");
    await chooseMessage(turns.actor, messages[0]?.id ?? "");
    expect((await findConversation(id)).activeLeafId).toBe(answer?.id);
    expect(await findBrokenTrees()).toEqual([]);
  });
});

describe("answers that are written side by side", () => {
  /** Begins two answers that take their time. */
  async function begin(id: string): Promise<[Candidate, Candidate]> {
    const slow = await useModel("slow");
    const response = await submit(id, "Slowly", { compare: [slow, await offer("pace-20-400")] });
    const [first, second] = await readStart(response);
    if (first === undefined || second === undefined) throw new Error("no candidates");
    return [first, second];
  }

  it("are each followed on their own, by their message", async () => {
    const id = newId();
    const [first, second] = await begin(id);
    setTimeout(() => void stopLiveAnswer(turns.actor, id), 500);
    const [one, other, unnamed] = await Promise.all([
      readAnswer(id, first),
      readAnswer(id, second),
      resumeTurn(turns.actor, id, null).then((response) => readChunks(response ?? new Response())),
    ]);
    expect(one[0]).toMatchObject({ type: "start", messageId: first.messageId });
    expect(other[0]).toMatchObject({ type: "start", messageId: second.messageId });
    expect(unnamed[0]).toMatchObject({ type: "start", messageId: first.messageId });
    expect(candidatesOf(other)).toEqual([first, second]);
    for (const chunks of [one, other]) {
      expect(textOf(chunks).length).toBeGreaterThan(0);
      expect(lastOf(chunks).status).toBe("stopped");
    }
    expect(await resumeTurn(turns.actor, id, second.messageId)).toBeNull();
  });

  it("are stopped one by one, or all together", async () => {
    const id = newId();
    const [first, second] = await begin(id);
    await stopLiveAnswer(turns.actor, id, first.generationId);
    expect((await findConversation(id)).liveMessageIds).toEqual([second.messageId]);
    await expect(submit(id, "Already?")).rejects.toMatchObject({ code: "answer_in_progress" });
    expect(await resumeTurn(turns.actor, id, first.messageId)).toBeNull();
    await stopLiveAnswer(turns.actor, id);
    expect((await findConversation(id)).liveMessageIds).toEqual([]);
    expect((await findGroup(id)).map(({ status }) => status)).toEqual(["stopped", "stopped"]);
    await expect
      .poll(() => turns.provider.requests().every((one) => one.isClosedByClient))
      .toBe(true);
    expect(await findBrokenTrees()).toEqual([]);
  });

  it("are nobody else's to follow or to stop", async () => {
    const id = newId();
    const [first] = await begin(id);
    const stranger = await makeUser();
    await expect(resumeTurn(stranger, id, first.messageId)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(findCandidates(stranger, first.messageId)).rejects.toMatchObject({
      code: "not_found",
    });
    await stopLiveAnswer(stranger, id);
    expect((await findConversation(id)).liveMessageIds).toHaveLength(2);
    await stopLiveAnswer(turns.actor, id);
  });

  it("are ended one by one when nobody writes them any more", async () => {
    const id = newId();
    const [first, second] = await begin(id);
    await db().generation.update({
      where: { id: first.generationId },
      data: { heartbeatAt: new Date(Date.now() - 120_000) },
    });
    expect(await closeAbandonedGenerations(system, 75_000)).toBe(1);
    expect((await findConversation(id)).liveMessageIds).toEqual([second.messageId]);
    await stopLiveAnswer(turns.actor, id);
    await isFree(id);
  });
});

describe("several candidates of one model", () => {
  const asking = (n: number) => ({ settings: { parameters: { n } } });

  it("are parallel calls where the model is not known to take n", async () => {
    const id = newId();
    const chunks = await readChunks(await submit(id, "Three of them", asking(3)));
    await isFree(id);
    expect(candidatesOf(chunks)).toHaveLength(3);
    expect(turns.provider.requests()).toHaveLength(3);
    for (const { body } of turns.provider.requests()) expect(body).not.toHaveProperty("n");
    expect((await findGroup(id)).map(({ status }) => status)).toEqual(Array(3).fill("complete"));
    expect(await db().attempt.count()).toBe(3);
  });

  it("are asked for as the conversation's parameters say, until those change", async () => {
    const id = newId();
    await readChunks(await submit(id, "One", asking(2)));
    await isFree(id);
    expect(candidatesOf(await readChunks(await submit(id, "Two")))).toHaveLength(2);
    await isFree(id);
    expect(candidatesOf(await readChunks(await submit(id, "Three", asking(1))))).toEqual([]);
  });

  it("are answered once, however often the message is posted", async () => {
    const id = newId();
    const message = { id: newId(), role: "user", parts: [{ type: "text", text: "Once" }] };
    const turn = chatTurnSchema.parse({ id, message, ...asking(2) });
    const posted = await Promise.all([1, 2, 3].map(() => streamTurn(turns.actor, turn)));
    await Promise.all(posted.map(readChunks));
    await isFree(id);
    const late = await readChunks(await streamTurn(turns.actor, turn));
    const [first] = await findGroup(id);
    expect(late[0]).toMatchObject({ type: "start", messageId: first?.id });
    expect(turns.provider.requests()).toHaveLength(2);
  });

  it("are one call where the model takes n, which is booked once", async () => {
    const id = newId();
    await useModel("gpt-strict");
    await db().provider.updateMany({
      data: { kind: "openai", baseUrl: turns.provider.url.replace("/v1", "/dialect/openai/v1") },
    });
    await db().model.updateMany({ data: { card: { parameters: { n: "yes" } } } });
    const chunks = await readChunks(await submit(id, "Three of them", asking(3)));
    expect(lastOf(chunks)).toMatchObject({ status: "complete", figures: { isEstimated: true } });
    await isFree(id);
    const [request, ...more] = turns.provider.requests();
    expect(request?.body).toMatchObject({ n: 3 });
    expect(more).toEqual([]);
    const group = await findGroup(id);
    expect(group).toHaveLength(3);
    for (const { status, parts } of group) {
      expect(status).toBe("complete");
      expect(parts[0]).toMatchObject({ type: "text" });
    }
    const attempts = await db().attempt.findMany();
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ usageSource: "reported" });
    const booked = await db().generation.findMany({ where: { usageSource: { not: null } } });
    expect(booked).toHaveLength(1);
    // Of the one prompt and the words of all, each has its own.
    expect(group.map(({ figures }) => figures?.inputTokens)).toEqual([
      attempts[0]?.inputTokens,
      null,
      null,
    ]);
    for (const { figures } of group)
      expect(figures).toMatchObject({ outputTokens: expect.any(Number) as number });
  });
});

import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { openRedis, type RedisDoor } from "../redis/client";
import type { AnswerHome } from "./answer-home";
import type { FollowedAnswer } from "./answer-log";
import { streamLiveAnswer } from "./answer-stream";
import { AnswerAbort, LiveAnswer } from "./live-answer";
import { MemoryHome } from "./memory-home";
import { RedisHome } from "./redis-home";
import { liveKey, logKey } from "./redis-format";
import { RemoteAnswers } from "./remote-answers";

const url = process.env["TEST_REDIS_URL"];
if (process.env["CI"] === "true" && url === undefined)
  throw new Error("TEST_REDIS_URL is not set: CI also tests on a real Redis.");

/** Two instances' homes: where answers are written, and where they are asked for. */
type Homes = { writing: AnswerHome; reading: AnswerHome; door: RedisDoor | null };

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

function openRedisHomes(): Homes {
  const [door, home] = openRedisHome();
  const [, reading] = openRedisHome();
  return { writing: home, reading, door };
}

function openRedisHome(): [RedisDoor, RedisHome] {
  const door = openRedis(url ?? "");
  opened.push(() => {
    door.close();
  });
  // Nothing is stored in these tests: what arrives came through Redis.
  const remotes = new RemoteAnswers(() => ({ read: () => Promise.resolve(null) }));
  return [door, new RedisHome(door, remotes)];
}

const kinds: { name: string; open: () => Homes }[] = [
  {
    name: "memory",
    open: () => {
      const home = new MemoryHome();
      return { writing: home, reading: home, door: null };
    },
  },
  ...(url === undefined ? [] : [{ name: "Redis, read on another instance", open: openRedisHomes }]),
];

const metadata: AnswerMetadata = {
  conversationId: "c",
  parentId: "question",
  generationId: "g",
  status: "streaming",
  model: "Model",
  errorCode: null,
  errorDetails: null,
};

function startAnswer(actor: Actor): LiveAnswer {
  const generationId = randomUUID();
  return new LiveAnswer({
    id: randomUUID(),
    conversationId: randomUUID(),
    generationId,
    actor,
    metadata: { ...metadata, generationId },
  });
}

const makeActor = (): Actor => ({ userId: randomUUID(), role: "member" });

/** Waits until the answer is found. */
async function find(home: AnswerHome, { actor, conversationId }: LiveAnswer) {
  let found: FollowedAnswer | null = null;
  await expect
    .poll(async () => (found = await home.find(actor, conversationId, null)), { timeout: 3_000 })
    .not.toBeNull();
  return found as unknown as FollowedAnswer;
}

const readAll = (answer: FollowedAnswer) => new Response(streamLiveAnswer(answer)).text();

const textIn = (stream: string) =>
  [...stream.matchAll(/"text-delta","id":"\d+","delta":("(?:[^"\\]|\\.)*")/g)]
    .map(([, delta]) => JSON.parse(delta ?? '""') as string)
    .join("");

describe.each(kinds)("a live answer in $name", ({ open }) => {
  it("is replayed from its start, and followed to its end", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    answer.append("reasoning", "Hm. ");
    answer.append("text", "one ");
    writing.add(answer);
    const text = readAll(await find(reading, answer));
    for (const word of ["two ", "three ", "four"]) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      answer.append("text", word);
    }
    answer.end({ ...answer.current.metadata, status: "complete" });
    expect(textIn(await text)).toBe("one two three four");
    expect(await text).toContain('"reasoning-delta","id":"0","delta":"Hm. "');
    expect(await text).toContain('"status":"complete"');
    expect((await text).endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("reaches every reader whole, however late and however slow", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    const early = await find(reading, answer);
    const slow = streamLiveAnswer(early).getReader();
    const readers = [readAll(early)];
    let whole = "";
    for (let word = 0; word < 200; word += 1) {
      const delta = `w${String(word)} `;
      whole += delta;
      answer.append("text", delta);
      if (word % 40 === 0) {
        readers.push(readAll(await find(reading, answer)));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    answer.end({ ...metadata, status: "complete" });
    for (const text of await Promise.all(readers)) expect(textIn(text)).toBe(whole);
    let late = "";
    let pieces = 0;
    for (let read = await slow.read(); !read.done; read = await slow.read()) {
      late += new TextDecoder().decode(read.value);
      pieces += 1;
    }
    expect(textIn(late)).toBe(whole);
    expect(pieces).toBeLessThan(40);
  });

  it("tells of waits between two tries", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    const found = await find(reading, answer);
    const retry = { attempt: 2, of: 3, waitMs: 900, errorCode: "provider_failed" } as const;
    answer.setRetry(retry);
    const text = readAll(found);
    await expect.poll(() => found.current.metadata.retry, { timeout: 3_000 }).toEqual(retry);
    answer.setRetry(null);
    answer.end({ ...answer.current.metadata, status: "complete" });
    expect(await text).toContain('"attempt":2');
  });

  it("is nobody else's to find or to stop", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    await find(reading, answer);
    const other = makeActor();
    expect(await reading.find(other, answer.conversationId, null)).toBeNull();
    const { conversationId, generationId } = answer;
    reading.stop({ userId: other.userId, conversationId, generationId });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answer.signal.aborted).toBe(false);
  });

  it("is stopped from anywhere, but not for another generation's sake", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    const { userId } = answer.actor;
    const { conversationId, generationId } = answer;
    writing.add(answer);
    await find(reading, answer);
    reading.stop({ userId, conversationId, generationId: randomUUID() });
    reading.stop({ userId, conversationId: randomUUID(), generationId: null });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answer.signal.aborted).toBe(false);
    reading.stop({ userId, conversationId, generationId });
    await expect.poll(() => answer.signal.aborted, { timeout: 2_000 }).toBe(true);
    expect(answer.signal.reason).toBeInstanceOf(AnswerAbort);
  });

  it("is not found any more once its end is stored, and those who read it get the end", async () => {
    const { writing, reading } = open();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    answer.append("text", "all");
    const text = readAll(await find(reading, answer));
    answer.end({ ...metadata, status: "stopped" });
    writing.remove(answer);
    expect(textIn(await text)).toBe("all");
    await expect.poll(() => reading.find(answer.actor, answer.conversationId, null)).toBeNull();
    expect(writing.own()).toEqual([]);
    await writing.close();
  });
});

describe.each(kinds)("live answers side by side in $name", ({ open }) => {
  function startGroup(): [LiveAnswer, LiveAnswer] {
    const actor = makeActor();
    const conversationId = randomUUID();
    const candidates = [0, 1].map(() => ({
      messageId: randomUUID(),
      generationId: randomUUID(),
      modelId: null,
      model: "Model",
    }));
    const [first, second] = candidates.map(
      ({ messageId, generationId }) =>
        new LiveAnswer({
          id: messageId,
          conversationId,
          generationId,
          actor,
          metadata: { ...metadata, generationId, candidates },
        }),
    );
    if (first === undefined || second === undefined) throw new Error("no answers");
    return [first, second];
  }

  it("are found by their message, the first without one", async () => {
    const { writing, reading } = open();
    const [first, second] = startGroup();
    const { actor, conversationId } = first;
    writing.add(first);
    writing.add(second);
    expect((await find(reading, first)).id).toBe(first.id);
    for (const { id } of [first, second])
      await expect
        .poll(async () => (await reading.find(actor, conversationId, id))?.id, { timeout: 3_000 })
        .toBe(id);
    expect(await reading.find(actor, conversationId, randomUUID())).toBeNull();
    expect(await reading.find(makeActor(), conversationId, second.id)).toBeNull();
    const metadataThere = (await reading.find(actor, conversationId, second.id))?.current.metadata;
    expect(metadataThere?.candidates).toHaveLength(2);
  });

  it("end one by one", async () => {
    const { writing, reading } = open();
    const [first, second] = startGroup();
    const { actor, conversationId } = first;
    writing.add(first);
    writing.add(second);
    await find(reading, first);
    first.end({ ...first.current.metadata, status: "complete" });
    writing.remove(first);
    await expect
      .poll(() => reading.find(actor, conversationId, first.id), { timeout: 3_000 })
      .toBeNull();
    second.append("text", "still here");
    const other = await reading.find(actor, conversationId, second.id);
    expect(other?.id).toBe(second.id);
    second.end({ ...second.current.metadata, status: "complete" });
    writing.remove(second);
    await writing.close();
  });
});

describe.skipIf(url === undefined)("the log in Redis", () => {
  it("is written anew when Redis has forgotten it, and readers miss nothing", async () => {
    const { writing, reading, door } = openRedisHomes();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    answer.append("text", "before ");
    const found = await find(reading, answer);
    const text = readAll(found);
    await expect.poll(() => found.length, { timeout: 3_000 }).toBeGreaterThan(0);
    const { userId } = answer.actor;
    await door?.command((client) =>
      client.del([logKey(userId, answer.generationId), liveKey(userId, answer.conversationId)]),
    );
    answer.append("text", "after ");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    answer.append("text", "end");
    const second = readAll(await find(reading, answer));
    answer.end({ ...metadata, status: "complete" });
    for (const each of [await text, await second]) expect(textIn(each)).toBe("before after end");
  }, 15_000);

  it("holds up to half a million characters in little time", async () => {
    const { writing, reading } = openRedisHomes();
    const answer = startAnswer(makeActor());
    writing.add(answer);
    const text = readAll(await find(reading, answer));
    const beganAt = performance.now();
    for (let index = 0; index < 50_000; index += 1) answer.append("text", "0123456789");
    const writeMs = performance.now() - beganAt;
    answer.end({ ...metadata, status: "complete" });
    expect(textIn(await text)).toHaveLength(500_000);
    expect(writeMs).toBeLessThan(500);
  });
});

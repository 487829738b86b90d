import { beforeEach, describe, expect, it } from "vitest";
import { db } from "../db/client";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { findMessages } from "../db/messages";
import { makeUser } from "../db/testing";
import { newId } from "../ids";
import { findRows, lastOf, readChunks, textOf, useTurns } from "../turn/testing-turns";
import { streamLiveAnswer } from "./answer-stream";
import type { Hub } from "./hub";
import { useInstances } from "./testing-instances";

const { turns, useModel, submit } = useTurns();
const redisUrl = process.env["TEST_REDIS_URL"];

/** Resumes a conversation on an instance. @throws when nothing is live. */
async function resume(instance: Hub, conversationId: string) {
  const answer = await instance.follow(turns.actor, conversationId);
  if (answer === null) throw new Error("nothing is live");
  return new Response(streamLiveAnswer(answer));
}

const status = async () => (await findRows())[1]?.status;

const ways = [
  { name: "the database alone", url: null },
  ...(redisUrl === undefined ? [] : [{ name: "Redis", url: redisUrl }]),
];

describe.each(ways)("two instances that share $name", ({ url }) => {
  const { openInstance, openOwn } = useInstances(url);
  let here: Hub;
  let there: Hub;
  beforeEach(() => {
    here = openOwn();
    there = openInstance();
  });

  it("follow the same answer to the same end", async () => {
    await useModel("pace-40-100");
    const id = newId();
    const first = readChunks(await submit(id, "Follow me"));
    const resumed = await readChunks(await resume(there, id));
    const own = await first;
    expect(textOf(resumed)).toBe(textOf(own));
    expect(textOf(resumed).length).toBeGreaterThan(200);
    expect(lastOf(resumed)).toMatchObject({ status: "complete", errorCode: null });
    expect(resumed[0]).toMatchObject({ messageId: (own[0] as { messageId: string }).messageId });
    expect(await there.follow(turns.actor, id)).toBeNull();
    expect(turns.provider.requests()).toHaveLength(1);
  });

  it("follow and stop answers side by side of each other", async () => {
    const slow = await useModel("slow");
    const id = newId();
    const begun = await submit(id, "Both of you", { compare: [slow, slow] });
    const rows = async () => (await findRows()).filter(({ role }) => role === "assistant");
    const [first, second] = await rows();
    const other = await there.follow(turns.actor, id, second?.id ?? "");
    expect(other?.id).toBe(second?.id);
    expect(other?.current.metadata.candidates?.map(({ messageId }) => messageId)).toEqual([
      first?.id,
      second?.id,
    ]);
    expect((await there.follow(turns.actor, id))?.id).toBe(first?.id);
    await there.stop(turns.actor, id, null);
    expect((await rows()).map((row) => row.status)).toEqual(["stopped", "stopped"]);
    await begun.text();
  });

  it("show what was there already at once", async () => {
    await useModel("gate");
    const id = newId();
    const first = await submit(id, "Wait at the gate");
    await expect
      .poll(async () => JSON.stringify((await findRows())[1]?.parts), { timeout: 4_000 })
      .toContain("first half");
    const reader = (await resume(there, id)).body?.getReader();
    const beganAt = performance.now();
    let text = "";
    while (!text.includes("first half"))
      text += new TextDecoder().decode((await reader?.read())?.value);
    expect(performance.now() - beganAt).toBeLessThan(700);
    turns.provider.release();
    await first.text();
    await reader?.cancel();
  });

  it.each(["gate", "slow", "stall-headers"])(
    "stop an answer of each other (%s) within two seconds, and book it",
    async (model) => {
      await useModel(model);
      const id = newId();
      const first = readChunks(await submit(id, "Stop me elsewhere"));
      await expect.poll(() => turns.provider.requests()).toHaveLength(1);
      const beganAt = performance.now();
      await there.stop(turns.actor, id, null);
      expect(performance.now() - beganAt).toBeLessThan(2_000);
      expect(await status()).toBe("stopped");
      expect(lastOf(await first).status).toBe("stopped");
      await expect.poll(() => turns.provider.requests().at(-1)?.isClosedByClient).toBe(true);
      await there.stop(turns.actor, id, null);
      const attempts = await db().attempt.findMany();
      expect(attempts).toHaveLength(1);
      expect(attempts[0]).toMatchObject({ outcome: "aborted", usageSource: "estimated" });
      expect(here.ownIds()).toEqual([]);
    },
  );

  it("do not let a late Stop end a newer answer", async () => {
    await useModel("plain");
    const id = newId();
    await (await submit(id, "first")).text();
    const [older] = await db().generation.findMany();
    await useModel("gate");
    const newer = await submit(id, "second");
    for (const instance of [there, here]) await instance.stop(turns.actor, id, older?.id ?? "");
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(here.ownIds()).toHaveLength(1);
    turns.provider.release();
    expect(lastOf(await readChunks(newer)).status).toBe("complete");
  });

  it("keep to themselves what is somebody else's", async () => {
    await useModel("gate");
    const id = newId();
    const first = await submit(id, "Mine");
    const other = await makeUser();
    await expect(there.follow(other, id)).rejects.toMatchObject({ code: "not_found" });
    await there.stop(other, id, null);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(here.ownIds()).toHaveLength(1);
    turns.provider.release();
    expect(lastOf(await readChunks(first)).status).toBe("complete");
  });

  it("end what a deactivated user has written anywhere", async () => {
    await useModel("gate");
    const first = await submit(newId(), "Until I am gone");
    there.stopAllOf(turns.actor.userId);
    expect(lastOf(await readChunks(first)).status).toBe("stopped");
  });

  it("end a reader whose writer has crashed, with what the database says", async () => {
    await useModel("gate");
    const id = newId();
    const first = await submit(id, "The writer dies");
    await expect
      .poll(async () => JSON.stringify((await findRows())[1]?.parts), { timeout: 4_000 })
      .toContain("first half");
    const reading = readChunks(await resume(there, id));
    // As another instance's housekeeping does after the lease.
    await closeAbandonedGenerations({ system: "test" }, -60_000);
    const chunks = await reading;
    expect(textOf(chunks)).toContain("The first half is here.");
    expect(lastOf(chunks)).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
    });
    expect(
      await openInstance()
        .follow(turns.actor, id)
        .catch(() => "x"),
    ).not.toBe("x");
    turns.provider.release();
    await first.text();
  }, 15_000);
});

describe("an instance that stops", () => {
  const { openOwn } = useInstances(null);

  it("has its twenty live answers stored and all of their readers told within five seconds", async () => {
    const own = openOwn();
    await useModel("gate");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => submit(newId(), `Number ${String(index)}`)),
    );
    const chunks = answers.map((answer) => readChunks(answer));
    await expect
      .poll(() => db().message.count({ where: { NOT: { parts: { equals: [] } } } }), {
        timeout: 5_000,
      })
      .toBe(40);
    const beganAt = performance.now();
    await own.close("shutdown", 4_000);
    expect(performance.now() - beganAt).toBeLessThan(4_000);
    for (const each of await Promise.all(chunks))
      expect(lastOf(each)).toMatchObject({ status: "interrupted", errorCode: "server_restarted" });
    expect(await db().generation.count({ where: { status: "interrupted" } })).toBe(20);
    expect(await db().attempt.count()).toBe(20);
    const conversation = (await db().conversation.findMany())[0];
    const page = await findMessages(turns.actor, conversation?.id ?? "", { limit: 5 });
    expect(page.messages[1]?.parts).toMatchObject([{ type: "text" }]);
  }, 20_000);
});

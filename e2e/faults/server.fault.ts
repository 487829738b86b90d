import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { textOf } from "../fixtures/conversation";
import { expect, faultAlone, faultOfTwo } from "./fault";
import { canPair } from "./pair";
import { answerWords, areWordsFromStart, writeWords } from "./scripts";

faultAlone("S-01", "SIGTERM with twenty answers: all kept, and gone in time", {}, async (world) => {
  const { app } = world;
  const talks = Array.from({ length: 20 }, () => world.talk());
  const words = world.random.between(400, 800);
  for (const talk of talks) talk.play(answerWords(words, world.random.pick([20, 50, 100])));
  const readers = await Promise.all(talks.map((talk) => talk.send()));
  await Promise.all(readers.map((reader) => reader.waitForText(world.random.between(1, 60))));
  world.expectRestart();
  const startedMs = performance.now();
  const exit = app.process.stop("SIGTERM");
  await expect
    .poll(() => world.statusOf("/api/ready"), { intervals: [20], timeout: 2_000 })
    .not.toBe(200);
  expect(await exit).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedMs).toBeLessThan(6_500);
  for (const reader of readers) {
    await reader.waitForEnd(1_000);
    expect(reader.isWhole).toBe(true);
    expect(reader.metadata).toMatchObject({
      status: "interrupted",
      errorCode: "server_restarted",
    });
  }
  await app.start();
  const [first] = talks;
  const [firstReader] = readers;
  if (first === undefined || firstReader === undefined) throw new Error("There is no talk.");
  const cut = await first.settled();
  expect(textOf(cut)).toBe(firstReader.text);
  const said = firstReader.text.split(" ").length - 1;
  const rest = writeWords(said + 10).slice(firstReader.text.length);
  first.play(async (call) => {
    await call.answer.addText(rest);
    await call.answer.finish();
  });
  await (await first.goOn(cut.id)).waitForEnd();
  expect(textOf(await first.settled())).toBe(writeWords(said + 10));
});

for (const isEmbedded of [true, false])
  faultAlone(
    "S-02",
    `killed in the middle, on ${isEmbedded ? "the embedded database" : "PostgreSQL"}`,
    { isEmbedded },
    async (world) => {
      const { app, stage } = world;
      const talks = [world.talk(), world.talk(), world.talk()];
      for (const talk of talks) {
        talk.play(answerWords(2_000, world.random.pick([20, 60])));
        talk.wasKilled = true;
      }
      const readers = await Promise.all(talks.map((talk) => talk.send()));
      await readers[0]?.waitForText(world.random.between(1, 300));
      world.expectRestart();
      await app.process.stop("SIGKILL");
      // The lease of a minute, without the minute.
      await stage.database?.query(
        "UPDATE generations SET heartbeat_at = heartbeat_at - interval '61 seconds'",
      );
      await app.start();
      for (const [index, talk] of talks.entries()) {
        const answer = await talk.settled(2_000);
        expect(["interrupted", "failed"]).toContain(answer.status);
        expect(answer.errorCode).toBe("server_restarted");
        const text = textOf(answer);
        expect(areWordsFromStart(text)).toBe(true);
        expect((readers[index]?.text.length ?? 0) - text.length).toBeLessThanOrEqual(500);
        if (answer.status !== "interrupted") continue;
        const place = text.length;
        talk.play(async (call) => {
          await call.answer.addText(writeWords(2_000).slice(place, place + 40));
          await call.answer.finish();
        });
        await (await talk.goOn(answer.id)).waitForEnd();
        expect(textOf(await talk.settled())).toBe(writeWords(2_000).slice(0, place + 40));
      }
    },
  );

// They need PostgreSQL and Redis; CI always has both.
if (canPair) {
  faultOfTwo(
    "S-04",
    "the instance that writes restarts while another one is read",
    async (world, pair) => {
      const talk = world.talk();
      talk.play(answerWords(2_000, 50));
      const here = await talk.send();
      await here.waitForText(world.random.between(1, 100));
      const there = await talk.resume(pair.there);
      expect(there).not.toBeNull();
      await there?.waitForText(here.text.length);
      await sleep(world.random.between(0, 500));
      world.expectRestart();
      await world.app.process.stop("SIGTERM");
      const endedMs = performance.now();
      await there?.waitForEnd(5_000);
      expect(performance.now() - endedMs).toBeLessThan(2_500);
      expect(there?.isWhole).toBe(true);
      expect(there?.metadata).toMatchObject({
        status: "interrupted",
        errorCode: "server_restarted",
      });
      expect(there?.text).toBe(here.text);
      await world.app.start();
      expect(await talk.resume(pair.there)).toBeNull();
      expect(textOf(await talk.settled())).toBe(here.text);
    },
  );

  for (const redisUse of ["yes", "no"] as const)
    faultOfTwo(
      "S-05",
      `two instances ${redisUse === "yes" ? "with" : "without"} Redis: send here, follow and stop there`,
      async (world, { there, other }) => {
        const [followed, stopped] = [world.talk(), world.talk()];
        followed.play(answerWords(150, 50));
        stopped.play(answerWords(2_000, 50));
        const [here, doomed] = await Promise.all([followed.send(), stopped.send()]);
        await here.waitForText(world.random.between(1, 100));
        // The first request of its kind finds the instance's code on the disk still.
        await there.request("GET", `/api/chat/${randomUUID()}/stream`);
        const startedMs = performance.now();
        const mirror = await followed.resume(there);
        await mirror?.waitForText();
        expect(performance.now() - startedMs).toBeLessThan(2_000);
        const mirrors = await Promise.all([followed.resume(there), stopped.resume(there)]);
        // The same message once more, at the other instance: the same answer, and no second call.
        const [question] = followed.sent;
        const again = await followed.post("Tell me.", {
          api: there,
          ...(question === undefined ? {} : { messageId: question.id }),
        });
        if (again.ok) await followed.follow(again).waitForEnd();
        const second = await stopped.post("Meanwhile?", { api: there });
        expect(second.status).toBe(409);
        await doomed.waitForText(world.random.between(1, 100));
        const askedMs = performance.now();
        await stopped.stop(undefined, there);
        await expect.poll(() => stopped.calls[0]?.isClosedByClient, { timeout: 2_500 }).toBe(true);
        expect((stopped.calls[0]?.closedMs ?? 0) - askedMs).toBeLessThan(2_000);
        await doomed.waitForEnd(2_000);
        expect(doomed.metadata?.status).toBe("stopped");
        for (const reader of [here, mirror, ...mirrors]) await reader?.waitForEnd();
        expect(mirror?.text).toBe(writeWords(150));
        expect(mirror?.metadata?.status).toBe("complete");
        expect(mirrors[0]?.text).toBe(here.text);
        expect(await followed.messages(there)).toHaveLength(2);
        expect(followed.calls).toHaveLength(1);
        // Settings are seen everywhere within five seconds.
        await world.changeSettings({
          contextPolicy: { kind: "rounds", rounds: world.random.between(2, 900), tokens: 32_000 },
        });
        const wanted = await world.app.admin.read("/api/admin/settings");
        await expect
          .poll(() => world.app.admin.at(other.url).read("/api/admin/settings"), { timeout: 5_000 })
          .toEqual(wanted);
      },
      redisUse,
    );
}

import type { MessageStatus } from "@/lib/contracts/messages";
import { textOf } from "../fixtures/conversation";
import type { Call, Scenario } from "../provider/scenario";
import { expect, fault } from "./fault";
import { answerWords, playAfter, playInTurn, plain, sayWords, writeWords } from "./scripts";
import type { Talk } from "./talk";
import type { World } from "./world";

/** Sends, lets it end, and expects these words, whole or cut. */
async function expectWords(talk: Talk, words: number, status: MessageStatus, code: string | null) {
  const reader = await talk.send();
  await reader.waitForEnd();
  const answer = await talk.settled();
  expect(answer).toMatchObject({ status, errorCode: code });
  expect(textOf(answer)).toBe(writeWords(words));
  expect(reader.text).toBe(writeWords(words));
  return answer;
}

/** The answer that was cut goes on in the same message to its end, without a word twice. */
async function expectToGoOn(talk: Talk, answerId: string, said: number, repeated: number) {
  const total = said + 20;
  talk.play(answerWords(total - said + repeated, 0, said - repeated + 1));
  await (await talk.goOn(answerId)).waitForEnd();
  const answer = await talk.settled();
  expect(answer).toMatchObject({ id: answerId, status: "complete" });
  expect(textOf(answer)).toBe(writeWords(total));
}

/** Words, and then whatever the wire does. */
function breakAfter(words: number, perSecond: number, end: (call: Call) => unknown): Scenario {
  return async (call) => {
    await sayWords(call, words, perSecond);
    await end(call);
  };
}

function cutPlace({ random }: World): { words: number; perSecond: number } {
  return { words: random.between(1, 60), perSecond: random.pick([0, 100, 400]) };
}

fault("U-16", "a stall before the headers is tried twice and ends at its limit", async (world) => {
  await world.changeSettings({ headersTimeoutSeconds: 1, firstTokenTimeoutSeconds: 10 });
  const [dead, late] = [world.talk(), world.talk()];
  dead.play(playAfter(0, "stall-headers"));
  late.play(playInTurn(playAfter(0, "stall-headers"), plain));
  const [reader, lateReader] = await Promise.all([dead.send(), late.send()]);
  await Promise.all([reader.waitForEnd(), lateReader.waitForEnd()]);
  expect(await dead.settled()).toMatchObject({ status: "failed", errorCode: "provider_timeout" });
  expect(dead.calls).toHaveLength(2);
  expect(dead.calls.every(({ isClosedByClient }) => isClosedByClient)).toBe(true);
  expect(await late.settled()).toMatchObject({ status: "complete" });
  expect(late.calls).toHaveLength(2);
});

fault("U-17", "headers without a word are a time-out, not a stop", async (world) => {
  await world.changeSettings({ firstTokenTimeoutSeconds: 1 });
  const talk = world.talk();
  talk.play(playAfter(world.random.between(0, 500), "stall"));
  await (await talk.send()).waitForEnd();
  expect(await talk.settled()).toMatchObject({ status: "failed", errorCode: "provider_timeout" });
});

fault("U-18", "a stall in the middle keeps what came, and it can go on", async (world) => {
  await world.changeSettings({ idleTimeoutSeconds: 1 });
  const talk = world.talk();
  const { words, perSecond } = cutPlace(world);
  talk.play(breakAfter(words, perSecond, (call) => call.waitForClose()));
  const answer = await expectWords(talk, words, "interrupted", "provider_timeout");
  await expectToGoOn(talk, answer.id, words, 0);
});

fault(
  "U-20",
  "a reset keeps what came, and before the first word is tried again",
  async (world) => {
    const [cut, early] = [world.talk(), world.talk()];
    const { words, perSecond } = cutPlace(world);
    const reset = async (call: Call) => {
      // Without a pause the RST overtakes what the other side has not read yet.
      await call.wait(100);
      call.answer.resetConnection();
    };
    cut.play(breakAfter(words, perSecond, reset));
    early.play(playInTurn((call) => call.answer.resetConnection(), plain));
    const [answer] = await Promise.all([
      expectWords(cut, words, "interrupted", "connection_lost"),
      (async () => {
        await (await early.send()).waitForEnd();
        expect(await early.settled()).toMatchObject({ status: "complete" });
        expect(early.calls).toHaveLength(2);
      })(),
    ]);
    expect(cut.calls).toHaveLength(1);
    // Asked to go on, many models say their last words once more.
    const repeated = words < 12 ? 0 : world.random.pick([0, 8, 12]);
    await expectToGoOn(cut, answer.id, words, repeated);
  },
);

fault("U-22", "an end without a finish reason is an interruption", async (world) => {
  const talk = world.talk();
  const { words, perSecond } = cutPlace(world);
  talk.play(
    breakAfter(words, perSecond, ({ answer }) => {
      answer.endEarly();
    }),
  );
  await expectWords(talk, words, "interrupted", "connection_lost");
});

fault("U-23", "an end without [DONE] is whole where a finish reason came", async (world) => {
  const talk = world.talk();
  const { words, perSecond } = cutPlace(world);
  talk.play(
    breakAfter(words, perSecond, async ({ answer }) => {
      await answer.finishWithoutDone();
      answer.endEarly();
    }),
  );
  await expectWords(talk, words, "complete", null);
});

fault("U-25", "a malformed chunk is not stored as complete", async (world) => {
  const talk = world.talk();
  const { words, perSecond } = cutPlace(world);
  const broken = world.random.pick(['data: {"choices":[{"delta":{"cont\n\n', "data: nonsense\n\n"]);
  talk.play(
    breakAfter(words, perSecond, async (call) => {
      await call.answer.writeRaw(broken);
      await sayWords(call, 3, 0, words + 1);
      await call.answer.finish();
    }),
  );
  const reader = await talk.send();
  await reader.waitForEnd();
  const answer = await talk.settled();
  expect(answer.status).toBe("interrupted");
  expect(answer.errorCode).not.toBeNull();
  expect(textOf(answer).startsWith(writeWords(words))).toBe(true);
});

fault("U-26", "characters that are cut between writes arrive whole", async (world) => {
  const talk = world.talk();
  const text = "滑动窗口只发送最近的几轮。𠮷野家的「𠮷」和 👩‍👩‍👧‍👦 也要完整保留。é\u0301 — ✓";
  const size = world.random.between(1, 7);
  talk.play(async ({ answer, isClosed, wait }) => {
    await answer.start();
    const bytes = answer.encodeText(text);
    for (let index = 0; index < bytes.length && !isClosed(); index += size) {
      await answer.writeRaw(bytes.subarray(index, index + size));
      if (index % 50 < size) await wait(1);
    }
    await answer.finish();
  });
  await (await talk.send()).waitForEnd();
  expect(textOf(await talk.settled())).toBe(text);
});

fault(
  "U-28",
  "NUL and half characters are cleaned, and a pair cut in two is joined",
  async (world) => {
    const talk = world.talk();
    const pause = world.random.between(0, 60);
    talk.play(async (call) => {
      for (const piece of [
        "a\u0000b ",
        "\ud83d",
        "\ude00 ",
        "lone \ud83d",
        " then \ude00 end\ud83d",
      ]) {
        await call.answer.addText(piece);
        await call.wait(pause);
      }
      await call.answer.finish();
    });
    const reader = await talk.send();
    await reader.waitForEnd();
    const answer = await talk.settled();
    expect(answer.status).toBe("complete");
    expect(textOf(answer)).toBe("ab 😀 lone \ufffd then \ufffd end\ufffd");
    expect(reader.text).toBe(textOf(answer));
  },
);

fault(
  "U-30",
  "an error object in the stream keeps what came, and names no stranger",
  async (world) => {
    const [middle, first] = [world.talk(), world.talk()];
    const { words, perSecond } = cutPlace(world);
    const say = async ({ answer }: Call) => {
      const message = "The server had an error at 10.1.2.3 while processing your request.";
      await answer.start();
      await answer.writeEvent({ error: { message, type: "server_error", code: null } });
      answer.endEarly();
    };
    middle.play(breakAfter(words, perSecond, say));
    first.play(say);
    await Promise.all([
      expectWords(middle, words, "interrupted", "provider_failed"),
      (async () => {
        const reader = await first.send();
        await reader.waitForEnd();
        expect(await first.settled()).toMatchObject({
          status: "failed",
          errorCode: "provider_failed",
        });
        expect(reader.raw).not.toContain("10.1.2.3");
        expect(first.calls.length).toBeLessThanOrEqual(3);
      })(),
    ]);
    expect(middle.calls).toHaveLength(1);
  },
);

fault("U-47", "an empty answer is a failure, and trying again works", async (world) => {
  const talk = world.talk();
  const empty = playAfter(world.random.between(0, 300), "empty");
  talk.play(empty);
  await (await talk.send()).waitForEnd();
  const failed = await talk.settled();
  expect(failed).toMatchObject({ status: "failed", errorCode: "empty_answer" });
  talk.play(plain);
  const again = await talk.regenerate(failed.id);
  await again.waitForEnd();
  expect(await talk.settled()).toMatchObject({ status: "complete" });
});

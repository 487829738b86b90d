import { setTimeout as sleep } from "node:timers/promises";
import { textOf } from "../fixtures/conversation";
import { expect, fault } from "./fault";
import { answerWords, areWordsFromStart, playInTurn, plain, refuse, writeWords } from "./scripts";
import type { Talk } from "./talk";
import type { World } from "./world";

const stopWithinMs = 2_000;

/** The provider's end of the newest request was closed by us, in time. */
async function expectClosed(talk: Talk, count = 1): Promise<void> {
  await expect
    .poll(() => talk.calls.length, { timeout: stopWithinMs })
    .toBeGreaterThanOrEqual(count);
  await expect
    .poll(() => talk.calls.at(-1)?.isClosedByClient, { timeout: stopWithinMs })
    .toBe(true);
}

async function stopBeforeFirstByte({ random }: World, talk: Talk): Promise<void> {
  talk.play(({ waitForClose }) => waitForClose());
  talk.unseenCalls = 1;
  const reader = await talk.send();
  await sleep(random.between(0, 150));
  await talk.stop();
  await reader.waitForEnd(stopWithinMs);
  expect(reader.metadata?.status).toBe("stopped");
  if (talk.calls.length > 0) await expectClosed(talk);
}

async function stopInTheMiddle({ random }: World, talk: Talk): Promise<void> {
  talk.play(answerWords(500, 100));
  const reader = await talk.send();
  await reader.waitForText(random.between(1, 200));
  // Twice, as impatient hands do, and from another tab.
  const other = await talk.resume();
  await Promise.all([talk.stop(), talk.stop()]);
  await reader.waitForEnd(stopWithinMs);
  await other?.waitForEnd(stopWithinMs);
  await expectClosed(talk);
  const answer = await talk.settled();
  expect(answer.status).toBe("stopped");
  expect(areWordsFromStart(textOf(answer))).toBe(true);
  expect(await talk.resume()).toBeNull();
}

async function stopAtTheEnd({ random }: World, talk: Talk): Promise<void> {
  const words = random.between(5, 30);
  talk.play(answerWords(words, 200));
  const reader = await talk.send();
  await reader.waitForText(writeWords(words - 1).length);
  await sleep(random.between(0, 50));
  await talk.stop();
  await reader.waitForEnd(stopWithinMs);
  const answer = await talk.settled();
  expect(["stopped", "complete"]).toContain(answer.status);
  if (answer.status === "complete") expect(textOf(answer)).toBe(writeWords(words));
}

async function stopWhileItWaits({ random }: World, talk: Talk): Promise<void> {
  const body = { error: { message: "Overloaded", type: "server_error", code: null } };
  talk.play(playInTurn(refuse({ status: 503, body, headers: { "retry-after": "20" } }), plain));
  const reader = await talk.send();
  await reader.waitUntil(({ metadata }) => metadata?.retry != null);
  await sleep(random.between(0, 400));
  await talk.stop();
  await reader.waitForEnd(stopWithinMs);
  expect((await talk.settled()).status).toBe("stopped");
  expect(talk.calls).toHaveLength(1);
}

async function stopTooLate(_world: World, talk: Talk): Promise<void> {
  talk.play(answerWords(3));
  const first = await talk.send();
  await first.waitForEnd();
  const stale = first.metadata?.generationId;
  talk.play(answerWords(60, 60));
  const second = await talk.send("And on?");
  await second.waitForText(20);
  await talk.stop(stale ?? "");
  await second.waitForEnd();
  expect(second.metadata?.status).toBe("complete");
  expect(second.text).toBe(writeWords(60));
}

fault(
  "B-07",
  "Stop: before, in the middle, at the end, twice, waiting, too late",
  async (world) => {
    await Promise.all(
      [stopBeforeFirstByte, stopInTheMiddle, stopAtTheEnd, stopWhileItWaits, stopTooLate].map(
        (stop) => stop(world, world.talk()),
      ),
    );
  },
);

fault(
  "B-12",
  "edit, regenerate, go on or delete while it streams is refused or stops it",
  async (world) => {
    const { random } = world;
    const [kept, deleted] = [world.talk(), world.talk()];
    kept.play(answerWords(3));
    await (await kept.send("First.")).waitForEnd();
    const [question, answer] = await kept.messages();
    kept.play(answerWords(80, 80));
    const reader = await kept.send("Second.");
    await reader.waitForText(random.between(1, 100));
    const refusals = await Promise.all([
      kept.post("Edited.", { parentId: question?.parentId ?? null }),
      kept.repost("regenerate-message", answer?.id ?? ""),
      kept.repost("continue-message", reader.messageId ?? ""),
      kept.repost("continue-message", answer?.id ?? ""),
    ]);
    const bodies = await Promise.all(refusals.map((response) => readRefusal(response)));
    expect(bodies[0]).toBe("answer_in_progress");
    expect(bodies[1]).toBe("answer_in_progress");
    // To go on with what is going on is to follow it.
    expect(["", "answer_in_progress"]).toContain(bodies[2]);
    expect(["conflict", "answer_in_progress"]).toContain(bodies[3]);
    await reader.waitForEnd();
    expect(reader.text).toBe(writeWords(80));
    expect(kept.calls).toHaveLength(2);

    deleted.play(answerWords(500, 80));
    const doomed = await deleted.send("Delete me.");
    await doomed.waitForText(random.between(1, 100));
    const [first] = await deleted.messages();
    await deleted.api.send("DELETE", `/api/messages/${first?.id ?? ""}`);
    await doomed.waitForEnd(stopWithinMs);
    await expectClosed(deleted);
    expect(await deleted.messages()).toEqual([]);
  },
);

/** The code of a refusal; empty for a stream, which is then left. */
async function readRefusal(response: Response): Promise<string> {
  if (response.ok) {
    await response.body?.cancel();
    return "";
  }
  const { error } = (await response.json()) as { error: { code: string } };
  return error.code;
}

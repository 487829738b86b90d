import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerReader } from "../../e2e/fixtures/answer-reader";
import type { Call, Scenario } from "../../e2e/provider/scenario";
import type { Random } from "../../e2e/faults/random";
import {
  answerWords,
  plain,
  playAfter,
  playInTurn,
  refuse,
  sayWords,
} from "../../e2e/faults/scripts";
import type { Stage } from "../../e2e/faults/stage";
import type { Talk } from "../../e2e/faults/talk";

type Trouble = (talk: Talk, random: Random, stage: Stage) => Promise<unknown>;

const serverError = { error: { message: "Trouble.", type: "server_error", code: null } };

/** The provider plays this, and the turn is waited for. */
function play(write: (random: Random) => Scenario): Trouble {
  return async (talk, random) => {
    talk.play(write(random));
    await (await talk.send()).waitForEnd(60_000);
  };
}

function cutBy(end: (call: Call) => unknown): (random: Random) => Scenario {
  return (random) => {
    const words = random.between(1, 80);
    return async (call) => {
      await sayWords(call, words, 100);
      await call.wait(50);
      await end(call);
    };
  };
}

/** Begins a longer answer and waits until some of it is there. */
async function beginLong(talk: Talk, random: Random): Promise<AnswerReader> {
  talk.play(answerWords(100, 50));
  const reader = await talk.send();
  await reader.waitForText(random.between(1, 200));
  return reader;
}

/** What goes wrong in a tenth of the turns, by name. */
export const troubles: Record<string, Trouble> = {
  "500 once": play(() => playInTurn(refuse({ status: 500, body: serverError }), plain)),
  "429 for a while": play((random) =>
    playInTurn(
      refuse({
        status: 429,
        body: serverError,
        headers: { "retry-after-ms": String(random.between(50, 900)) },
      }),
      plain,
    ),
  ),
  "no credit": play(() => playAfter(0, "error-429-quota")),
  "empty answer": play(() => playAfter(0, "empty")),
  "stall in the middle": play(cutBy((call) => call.waitForClose())),
  reset: play(
    cutBy(({ answer }) => {
      answer.resetConnection();
    }),
  ),
  "no finish reason": play(
    cutBy(({ answer }) => {
      answer.endEarly();
    }),
  ),
  "malformed chunk": play(
    cutBy(async ({ answer }) => {
      await answer.writeRaw("data: {nonsense\n\n");
      await answer.finish();
    }),
  ),
  "bad usage": play(() => playAfter(0, "bad-usage")),
  "reader leaves": async (talk, random) => {
    const reader = await beginLong(talk, random);
    await reader.leave();
    await talk.settled(30_000);
  },
  "second reader": async (talk, random) => {
    const reader = await beginLong(talk, random);
    const second = await talk.resume();
    await Promise.all([reader.waitForEnd(), second?.waitForEnd()]);
  },
  stop: async (talk, random) => {
    const reader = await beginLong(talk, random);
    await talk.stop();
    await reader.waitForEnd();
  },
  regenerate: async (talk) => {
    await (await talk.send()).waitForEnd();
    const { id } = await talk.settled();
    await (await talk.regenerate(id)).waitForEnd();
  },
  "cut and continued": async (talk, random) => {
    const reader = await beginLong(talk, random);
    await talk.stop();
    await reader.waitForEnd();
    const { id } = await talk.settled();
    await (await talk.goOn(id)).waitForEnd();
  },
  "posted twice": async (talk, random) => {
    talk.play(answerWords(20, 50));
    const messageId = crypto.randomUUID();
    const posts = [talk.send("Twice.", { messageId })];
    await sleep(random.between(0, 50));
    posts.push(talk.send("Twice.", { messageId }));
    for (const reader of await Promise.all(posts)) await reader.waitForEnd();
  },
  "branched off": async (talk) => {
    await (await talk.send()).waitForEnd();
    const { id } = await talk.settled();
    await talk.api.send("POST", `/api/messages/${id}/branch`);
  },
  "database connections end": async (talk, random, stage) => {
    const reader = await beginLong(talk, random);
    if (stage.database !== null) await stage.killConnections();
    await reader.waitForEnd();
  },
};

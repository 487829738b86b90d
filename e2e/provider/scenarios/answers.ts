import { makeErrorBody } from "../error-body";
import { findRoleComplaint } from "../roles";
import type { Call, Scenario } from "../scenario";
import { splitTokens } from "../tokens";
import { chineseText, codeText, markdownText, reasoningText, writeSentences } from "./texts";

/** Streams a text piece by piece, at a rate, or as fast as it is read when there is none. */
export async function streamText(call: Call, text: string, tokensPerSecond?: number) {
  for (const token of splitTokens(text)) {
    if (call.isClosed()) return;
    await call.answer.addText(token);
    if (tokensPerSecond !== undefined) await call.wait(1000 / tokensPerSecond);
  }
}

function answerWith(write: (call: Call) => string, tokensPerSecond?: number): Scenario {
  return async (call) => {
    await streamText(call, write(call), tokensPerSecond);
    if (!call.isClosed()) await call.answer.finish();
  };
}

/** `pace-RATE-COUNT`: so many tokens at so many a second. */
export function answerAtPace(tokensPerSecond: number, count: number): Scenario {
  return async (call) => {
    // Late timers are made up for, so that the rate holds under load.
    const startMs = performance.now();
    for (let index = 0; index < count && !call.isClosed(); index += 1) {
      await call.answer.addText(`word${String(index + 1)} `);
      const dueMs = startMs + ((index + 1) * 1000) / tokensPerSecond;
      await call.wait(Math.max(0, dueMs - performance.now()));
    }
    if (!call.isClosed()) await call.answer.finish();
  };
}

function countFrom(text: string): string {
  const last = Math.min(Number(/\d+/.exec(text)?.[0] ?? 20), 10_000);
  return Array.from({ length: last }, (_, index) => String(index + 1)).join(" ");
}

/** Says the first half, waits for `release()`, says the second. */
const answerInHalves: Scenario = async (call) => {
  await streamText(call, "The first half is here.");
  await call.waitForRelease();
  await streamText(call, " The second half is here too.");
  if (!call.isClosed()) await call.answer.finish();
};

const answerAfterThinking: Scenario = async (call) => {
  for (const token of splitTokens(reasoningText)) await call.answer.addReasoning(token);
  await streamText(call, `After some thought: ${call.userText}`);
  await call.answer.finish();
};

/** Answers as `plain`, once roles alternate as many chat templates demand. */
const answerInTurn: Scenario = async (call) => {
  const complaint = findRoleComplaint(call.request);
  if (complaint !== null) {
    call.answer.sendJson(400, makeErrorBody(complaint, "BadRequestError"));
    return;
  }
  await streamText(call, `You said: ${call.userText}`);
  await call.answer.finish();
};

/** Answers in a few words, however long the question. */
const answerBriefly: Scenario = async (call) => {
  const complaint = findRoleComplaint(call.request);
  if (complaint !== null) {
    call.answer.sendJson(400, makeErrorBody(complaint, "BadRequestError"));
    return;
  }
  await call.answer.addText(`Answer ${String(call.attempt)}: ${call.userText.slice(0, 200)}`);
  await call.answer.finish();
};

export const answers: Record<string, Scenario> = {
  plain: answerWith(({ userText }) => `You said: ${userText}`),
  slow: answerWith(() => writeSentences(29), 20),
  long: answerWith(() => writeSentences(570)),
  markdown: answerWith(() => markdownText),
  code: answerWith(() => codeText),
  chinese: answerWith(() => chineseText),
  reasoning: answerAfterThinking,
  "think-tags": answerWith(
    ({ userText }) => `<think>${reasoningText}</think>After some thought: ${userText}`,
  ),
  echo: answerWith(({ request }) => JSON.stringify(request)),
  count: answerWith(({ userText }) => countFrom(userText)),
  gate: answerInHalves,
  "strict-roles": answerInTurn,
  brief: answerBriefly,
};

import type { Call, Scenario } from "../provider/scenario";
import { findScenario } from "../provider/scenarios/find";

/** Numbered words, so that one that is missing, or comes twice, is seen. */
export function writeWords(count: number, from = 1): string {
  return Array.from({ length: count }, (_, index) => `w${String(from + index)} `).join("");
}

/** Whether a text is these numbered words from their start, cut anywhere. */
export function areWordsFromStart(text: string): boolean {
  return writeWords(Math.ceil(text.length / 3) + 1).startsWith(text);
}

export async function sayWords(call: Call, count: number, perSecond = 0, from = 1): Promise<void> {
  for (let index = 0; index < count && !call.isClosed(); index += 1) {
    await call.answer.addText(`w${String(from + index)} `);
    if (perSecond > 0) await call.wait(1000 / perSecond);
  }
}

/** An answer of so many words at so many a second, whole. */
export function answerWords(count: number, perSecond = 0, from = 1): Scenario {
  return async (call) => {
    await sayWords(call, count, perSecond, from);
    if (!call.isClosed()) await call.answer.finish();
  };
}

/** The scenario that a model's name stands for, after a pause. */
export function playAfter(delayMs: number, name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`There is no scenario "${name}"`);
  return async (call) => {
    await call.wait(delayMs);
    await scenario(call);
  };
}

/** Each call its own scenario; the last one stays. */
export function playInTurn(...scenarios: readonly [Scenario, ...Scenario[]]): Scenario {
  return (call) => (scenarios[call.attempt - 1] ?? scenarios.at(-1) ?? scenarios[0])(call);
}

/** What a healthy provider answers. */
export const plain: Scenario = async (call) => {
  await call.answer.addText(`You said: ${call.userText}`);
  await call.answer.finish();
};

export type WireFailure = {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
};

/** Refuses with a status, as JSON or, where the body is a text, as a page. */
export function refuse({ status, body, headers }: WireFailure, delayMs = 0): Scenario {
  return async ({ answer, wait }) => {
    await wait(delayMs);
    if (typeof body === "string")
      answer.send(status, body, { "content-type": "text/html", ...headers });
    else answer.sendJson(status, body, headers);
  };
}

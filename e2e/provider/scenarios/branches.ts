import { makeErrorBody } from "../error-body";
import type { Call, Scenario } from "../scenario";
import { streamText } from "./answers";

/** Each answer says which one it is, so that versions can be told apart. */
const versions: Scenario = async (call) => {
  await streamText(call, `Version ${String(call.attempt)} for: ${call.userText}`);
  await call.answer.finish();
};

/** As `versions`, with a text that fills some pages: the first is longer than the others. */
const longVersions: Scenario = async (call) => {
  const count = call.attempt === 1 ? 60 : 20;
  const lines = Array.from(
    { length: count },
    (_, at) => `Version ${String(call.attempt)}, paragraph ${String(at + 1)}.`,
  );
  await streamText(call, lines.join("\n\n"));
  await call.answer.finish();
};

const firstHalf = "The answer begins here, and at this place it is cut off";

/** Whether the answer that is to go on has these words already. */
function hasSaid({ request }: Call, words: string): boolean {
  return request.messages.some(
    ({ role, content }) => role === "assistant" && JSON.stringify(content).includes(words),
  );
}

/**
 * Cut at the length limit; asked to go on, it says its last words once more, as models do, waits
 * for `release()`, and comes to its end. Asked yet again, it comes to its end at once.
 */
const cutThenOn: Scenario = async (call) => {
  if (!hasSaid(call, firstHalf)) {
    await streamText(call, firstHalf);
    await call.answer.finish("length");
    return;
  }
  if (!hasSaid(call, "but then it goes on")) {
    await streamText(call, "at this place it is cut off, but then it goes on");
    await call.waitForRelease();
  }
  await streamText(call, " until its true end.");
  if (!call.isClosed()) await call.answer.finish();
};

/** Busy at the first call of each pair, for some seconds. */
const busy: Scenario = async (call) => {
  if (call.attempt % 2 === 1) {
    const body = makeErrorBody("Rate limit reached.", "requests", "rate_limit_exceeded");
    call.answer.sendJson(429, body, { "retry-after": "6" });
    return;
  }
  await streamText(call, `You said: ${call.userText}`);
  await call.answer.finish();
};

export const branches: Record<string, Scenario> = {
  versions,
  "long-versions": longVersions,
  "cut-then-on": cutThenOn,
  busy,
};

import type { Call, Scenario } from "../scenario";
import { streamText } from "./answers";
import { chineseText, xssText } from "./texts";

const partialText = "This is the first part of the answer, ";

async function streamPartial(call: Call): Promise<void> {
  await streamText(call, partialText);
}

/** Sends the answer's bytes three at a time, so that characters are cut in the middle. */
const splitBytes: Scenario = async ({ answer, isClosed, wait }) => {
  await answer.start();
  const bytes = answer.encodeText(chineseText);
  for (let index = 0; index < bytes.length && !isClosed(); index += 3) {
    await answer.writeRaw(bytes.subarray(index, index + 3));
    if (index % 90 === 0) await wait(1);
  }
  await answer.finish();
};

export const faults: Record<string, Scenario> = {
  stall: async ({ answer, waitForClose }) => {
    await answer.start();
    await waitForClose();
  },
  "stall-headers": ({ waitForClose }) => waitForClose(),
  "stall-mid": async (call) => {
    await streamPartial(call);
    await call.waitForClose();
  },
  reset: async (call) => {
    await streamPartial(call);
    // Without a pause the RST overtakes what the other side has not read yet.
    await call.wait(100);
    call.answer.resetConnection();
  },
  "no-finish": async (call) => {
    await streamPartial(call);
    call.answer.endEarly();
  },
  "no-done": async (call) => {
    await streamText(call, "This answer is whole.");
    await call.answer.finishWithoutDone();
    call.answer.endEarly();
  },
  empty: ({ answer }) => answer.finish(),
  length: async (call) => {
    await streamPartial(call);
    await call.answer.finish("length");
  },
  "content-filter": async (call) => {
    await streamPartial(call);
    await call.answer.finish("content_filter");
  },
  "json-instead": ({ answer, userText }) => {
    answer.sendAsDocument(`You said: ${userText}`);
  },
  "error-in-stream": async (call) => {
    await streamPartial(call);
    const message = "The server had an error while processing your request.";
    await call.answer.writeEvent({ error: { message, type: "server_error", code: null } });
    call.answer.endEarly();
  },
  "malformed-chunk": async (call) => {
    await streamPartial(call);
    await call.answer.writeRaw('data: {"choices":[{"delta":{"cont\n\n');
    await call.answer.finish();
  },
  nul: async (call) => {
    await call.answer.addText("before\u0000after ");
    await call.answer.addText("lone \ud83d surrogate");
    await call.answer.finish();
  },
  "bad-usage": async (call) => {
    await streamText(call, "This answer is whole.");
    const usage = { prompt_tokens: -5, completion_tokens: 1e12, total_tokens: "12" };
    await call.answer.finish("stop", usage);
  },
  "split-utf8": splitBytes,
  xss: async (call) => {
    await streamText(call, xssText);
    await call.answer.finish();
  },
};

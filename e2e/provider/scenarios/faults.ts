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
  "reset-before-headers": ({ answer }) => {
    answer.resetConnection();
  },
  "reset-before-headers-once": async (call) => {
    if (call.attempt % 2 === 1) {
      call.answer.resetConnection();
      return;
    }
    await streamText(call, `You said: ${call.userText}`);
    await call.answer.finish();
  },
  "stall-headers-once": async (call) => {
    if (call.attempt % 2 === 1) return call.waitForClose();
    await streamText(call, `You said: ${call.userText}`);
    await call.answer.finish();
  },
  "reset-after-headers": async (call) => {
    await call.answer.start();
    await call.wait(50);
    call.answer.resetConnection();
  },
  "error-first": async ({ answer }) => {
    await answer.start();
    await answer.writeEvent({ error: { message: "Provider returned error", code: 502 } });
    answer.endEarly();
  },
  "error-first-once": async (call) => {
    await call.answer.start();
    if (call.attempt % 2 === 1) {
      await call.answer.writeEvent({ error: { message: "Overloaded", type: "overloaded_error" } });
      call.answer.endEarly();
      return;
    }
    await streamText(call, `You said: ${call.userText}`);
    await call.answer.finish();
  },
  "malformed-first": async ({ answer }) => {
    await answer.start();
    await answer.writeRaw('data: {"choices":[{"delta":{"cont\n\n');
    await answer.finish();
  },
  "page-instead": ({ answer }) => {
    answer.send(200, "<html><body>Sign in to the network</body></html>", {
      "content-type": "text/html",
    });
  },
  "error-instead": ({ answer }) => {
    answer.sendJson(200, { code: "Throttling.RateQuota", message: "Requests rate limit exceeded" });
  },
  "text-instead": ({ answer }) => {
    answer.send(200, "hello\n", { "content-type": "text/plain" });
  },
  endless: async (call) => {
    const block = `${"all work and no play ".repeat(500)}\n`;
    while (!call.isClosed()) {
      await call.answer.addText(block);
      await call.wait(0);
    }
  },
  xss: async (call) => {
    await streamText(call, xssText);
    await call.answer.finish();
  },
};

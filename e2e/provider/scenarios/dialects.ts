import type { Call, Scenario } from "../scenario";
import { streamText } from "./answers";

const wholeText = "This answer is whole.";

const chunk = (delta: unknown, rest: object = {}) => ({
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
});
const finishChunk = (reason: string) => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
});

/** Sends these events as they are, after the answer's text, and closes in good order. */
function sayThen(...events: unknown[]): Scenario {
  return async (call) => {
    await streamText(call, wholeText);
    for (const event of events) await call.answer.writeEvent(event);
    await endWithDone(call);
  };
}

/** Sends these events and nothing else. */
function send(...events: unknown[]): Scenario {
  return async (call) => {
    await call.answer.start();
    for (const event of events) await call.answer.writeEvent(event);
    await endWithDone(call);
  };
}

async function endWithDone({ answer }: Call): Promise<void> {
  await answer.writeRaw("data: [DONE]\n\n");
  answer.endEarly();
}

const filterResults = (isFiltered: boolean) => ({
  hate: { filtered: false, severity: "safe" },
  violence: { filtered: isFiltered, severity: isFiltered ? "high" : "safe" },
});

const toolCall = (fields: object) => chunk({ tool_calls: [fields] });

/** What servers say that are nearly like OpenAI's, in good order all the same. */
export const dialects: Record<string, Scenario> = {
  "usage-none": sayThen(finishChunk("stop")),
  "usage-strings": sayThen(finishChunk("stop"), {
    choices: [],
    usage: { prompt_tokens: "12", completion_tokens: "34", total_tokens: "46" },
  }),
  "usage-details": sayThen(finishChunk("stop"), {
    choices: [],
    usage: {
      ...{ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
      prompt_tokens_details: { cached_tokens: 400 },
      completion_tokens_details: { reasoning_tokens: 60 },
    },
  }),
  "usage-twice": sayThen(
    { ...finishChunk("stop"), usage: { prompt_tokens: 12, completion_tokens: 34 } },
    { choices: [], usage: { prompt_tokens: 12, completion_tokens: 34 } },
  ),
  "usage-each-chunk": send(
    { ...chunk({ content: "This answer " }), usage: { prompt_tokens: 12, completion_tokens: 2 } },
    { ...chunk({ content: "is whole." }), usage: { prompt_tokens: 12, completion_tokens: 34 } },
    { ...finishChunk("stop"), usage: { prompt_tokens: -1, completion_tokens: null } },
  ),
  "usage-zero": sayThen(finishChunk("stop"), {
    choices: [],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  }),
  "finish-twice": sayThen(finishChunk("stop"), finishChunk("stop")),
  "finish-error": sayThen(finishChunk("insufficient_system_resource")),
  "finish-unknown": sayThen(finishChunk("eos_found")),
  refusal: send(chunk({ refusal: "I can't " }), chunk({ refusal: "help with that." }), {
    ...finishChunk("stop"),
  }),
  "reasoning-only": send(
    chunk({ reasoning_content: "I think and " }),
    chunk({ reasoning_content: "think." }),
    finishChunk("stop"),
  ),
  "reasoning-field": send(
    chunk({ role: "assistant", content: "", reasoning: "A thought." }),
    chunk({ content: wholeText }),
    finishChunk("stop"),
  ),
  "azure-frames": send(
    { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
    chunk({ role: "assistant", content: "" }, { content_filter_results: {} }),
    chunk({ content: wholeText }, { content_filter_results: filterResults(false) }),
    finishChunk("stop"),
    {
      choices: [
        {
          index: 0,
          finish_reason: null,
          content_filter_results: filterResults(false),
          content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 21 },
        },
      ],
    },
  ),
  "late-filter": sayThen(finishChunk("stop"), {
    choices: [{ index: 0, finish_reason: null, content_filter_results: filterResults(true) }],
  }),
  "tool-calls": send(
    toolCall({ index: 0, id: "call_1", type: "function", function: { name: "rm", arguments: "" } }),
    toolCall({ index: 0, function: { arguments: '{"path":' } }),
    toolCall({ id: "call_2", function: { name: "rm", arguments: { path: "/" } } }),
    toolCall({ index: 7, function: { arguments: '"/tm' } }),
    toolCall({ function: null }),
    finishChunk("tool_calls"),
  ),
  "text-and-tools": sayThen(
    toolCall({ index: 0, id: "call_1", function: { name: "rm", arguments: '{"pa' } }),
    finishChunk("tool_calls"),
  ),
  "surrogates-split": async (call) => {
    for (const piece of ["A smile: \ud83d", "\ude00, and half of one: \ud83d", " done."])
      await call.answer.addText(piece);
    await call.answer.finish();
  },
  "done-and-open": async (call) => {
    await streamText(call, wholeText);
    await call.answer.finishWithoutDone();
    await call.answer.writeRaw("data: [DONE]\n\n");
    await call.waitForClose();
  },
  "reset-after-finish": async (call) => {
    await streamText(call, wholeText);
    await call.answer.finishWithoutDone();
    await call.wait(100);
    call.answer.resetConnection();
  },
  "crlf-and-comments": async ({ answer }) => {
    await answer.start();
    await answer.writeRaw(": PROCESSING\r\n\r\nevent: message\r\nid: 7\r\n");
    await answer.writeRaw(`data: ${JSON.stringify(chunk({ content: wholeText }))}\r\n\r\n`);
    await answer.writeRaw(
      `data:${JSON.stringify(finishChunk("stop"))}\r\n\r\ndata: [DONE]\r\n\r\n`,
    );
    answer.endEarly();
  },
};

import type { MessageStatus } from "@/lib/contracts/messages";
import { textOf } from "../fixtures/conversation";
import { readProcessFigures } from "../fixtures/process-figures";
import type { Call, Scenario } from "../provider/scenario";
import { countWrites } from "./database-faults";
import { expect, fault } from "./fault";
import { sayWords, writeWords } from "./scripts";
import type { Talk } from "./talk";
import type { World } from "./world";

async function ask(talk: Talk) {
  const reader = await talk.send();
  await reader.waitForEnd(60_000);
  return talk.settled();
}

function choice(delta: object, finishReason: string | null = null): object {
  return {
    id: "x",
    object: "chat.completion.chunk",
    created: 1,
    model: "plain",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

/** Chunks as they are, and the last line. */
function sayEvents(events: (world: Call) => object[], pauseMs = 0): Scenario {
  return async (call) => {
    await call.answer.start();
    for (const event of events(call)) {
      await call.answer.writeEvent(event);
      if (pauseMs > 0) await call.wait(pauseMs);
    }
    await call.answer.writeRaw("data: [DONE]\n\n");
    call.answer.endEarly();
  };
}

async function expectAnswer(
  world: World,
  scenario: Scenario,
  wanted: { status: MessageStatus; text: string; errorCode?: string | null },
) {
  const talk = world.talk();
  talk.play(scenario);
  const answer = await ask(talk);
  const { status, text, errorCode } = wanted;
  expect(answer).toMatchObject(errorCode === undefined ? { status } : { status, errorCode });
  expect(textOf(answer)).toBe(text);
  expect(talk.calls).toHaveLength(1);
  return answer;
}

fault("U-32", "a whole document in place of a stream is read", async (world) => {
  const delayMs = world.random.between(0, 300);
  const document: Scenario = async ({ answer, wait }) => {
    await wait(delayMs);
    answer.sendAsDocument("One document.");
  };
  await expectAnswer(world, document, { status: "complete", text: "One document." });
});

fault("U-33", "nonsense about usage fails no answer and books no nonsense", async (world) => {
  const words = world.random.between(1, 40);
  const done = (usage: unknown) => ({ ...choice({}, "stop"), usage });
  const tail = (usage: unknown) => ({ ...choice({}), choices: [], usage });
  const say = (events: object[], everyUsage?: unknown): Scenario =>
    sayEvents(() => [
      { ...choice({ content: writeWords(words) }), ...(everyUsage ? { usage: everyUsage } : {}) },
      ...events,
    ]);
  const right = { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 };
  const scenarios = [
    say([choice({}, "stop")]),
    say([choice({}, "stop"), tail(right)]),
    say([done(right)], right),
    say([done(right), tail(right), tail(right)]),
    say([done({ prompt_tokens: "12", completion_tokens: "7", total_tokens: "19" })]),
    say([done({ prompt_tokens: -5, completion_tokens: 7, total_tokens: 2 })]),
    say([done({ prompt_tokens: 1e12, completion_tokens: 1e12, total_tokens: 2e12 })]),
    say([done({ prompt_tokens: 1.5, completion_tokens: null })]),
    say([done("free"), tail(null)]),
  ];
  const wanted = { status: "complete", text: writeWords(words), errorCode: null } as const;
  await Promise.all(scenarios.map((scenario) => expectAnswer(world, scenario, wanted)));
});

fault("U-36", "a cut by length or filter is said, however often the end is sent", async (world) => {
  const words = world.random.between(1, 60);
  const text = writeWords(words);
  const end = (reason: "stop" | "length" | "content_filter"): Scenario => {
    return async (call) => {
      await sayWords(call, words, world.random.pick([0, 300]));
      await call.answer.finish(reason);
    };
  };
  const twice = sayEvents(() => [
    choice({ content: text }),
    choice({}, "stop"),
    choice({}, "stop"),
  ]);
  await Promise.all([
    expectAnswer(world, end("length"), { status: "length", text, errorCode: null }),
    expectAnswer(world, end("content_filter"), {
      status: "filtered",
      text,
      errorCode: "answer_filtered",
    }),
    expectAnswer(world, twice, { status: "complete", text }),
  ]);
});

fault("U-37", "a refusal is shown as the answer", async (world) => {
  const cut = world.random.between(1, 10);
  const text = "I cannot help with that.";
  const refusal = sayEvents(() => [
    choice({ role: "assistant", content: null, refusal: text.slice(0, cut) }),
    choice({ refusal: text.slice(cut) }),
    choice({}, "stop"),
  ]);
  const talk = world.talk();
  talk.play(refusal);
  const answer = await ask(talk);
  expect(textOf(answer)).toBe(text);
  expect(["complete", "filtered"]).toContain(answer.status);
});

fault("U-38", "Azure's filter frames are understood, also the late one", async (world) => {
  const text = writeWords(world.random.between(1, 40));
  const safe = { hate: { filtered: false, severity: "safe" } };
  const prompt = {
    id: "",
    object: "",
    created: 0,
    model: "",
    choices: [],
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: safe }],
  };
  const annotation = {
    ...prompt,
    prompt_filter_results: undefined,
    choices: [
      {
        index: 0,
        finish_reason: null,
        content_filter_results: safe,
        content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 5 },
      },
    ],
  };
  const late = {
    ...annotation,
    choices: [
      {
        index: 0,
        finish_reason: "content_filter",
        content_filter_results: { hate: { filtered: true, severity: "high" } },
      },
    ],
  };
  const body = [prompt, choice({ role: "assistant", content: "" }), choice({ content: text })];
  await Promise.all([
    expectAnswer(
      world,
      sayEvents(() => [...body, annotation, choice({}, "stop"), annotation]),
      { status: "complete", text },
    ),
    expectAnswer(
      world,
      sayEvents(() => [...body, annotation, late]),
      { status: "filtered", text, errorCode: "answer_filtered" },
    ),
  ]);
});

fault("U-39", "reasoning is kept apart, and alone it is no answer", async (world) => {
  const thought = "First I think.";
  const cut = world.random.between(1, 12);
  const whole = `<think>${thought}</think>The answer.`;
  const wanted = { status: "complete", text: "The answer." } as const;
  const answers = await Promise.all([
    ...["reasoning_content", "reasoning"].map((name) =>
      expectAnswer(
        world,
        sayEvents(() => [
          choice({ [name]: thought.slice(0, cut) }),
          choice({ [name]: thought.slice(cut) }),
          choice({ content: "The answer." }),
          choice({}, "stop"),
        ]),
        wanted,
      ),
    ),
    expectAnswer(
      world,
      sayEvents(() => [
        choice({ content: whole.slice(0, cut) }),
        choice({ content: whole.slice(cut) }),
        choice({}, "stop"),
      ]),
      wanted,
    ),
  ]);
  for (const { parts } of answers)
    expect(parts).toContainEqual({ type: "reasoning", text: thought });
  await expectAnswer(
    world,
    sayEvents(() => [choice({ reasoning_content: thought }), choice({}, "stop")]),
    { status: "failed", text: "", errorCode: "empty_answer" },
  );
});

fault("U-46", "tool calls that nobody offered are never run, and are no answer", async (world) => {
  const call = (parts: object) => choice({ tool_calls: [parts] });
  const named = { id: "call_1", type: "function", function: { name: "get_weather" } };
  const cut = world.random.between(1, 8);
  const json = '{"city":"Paris"}';
  const calls: object[][] = [
    [
      call({ index: 0, ...named }),
      call({ index: 0, function: { arguments: json.slice(0, cut) } }),
      call({ index: 0, function: { arguments: json.slice(cut) } }),
    ],
    [call({ index: 0, ...named }), call({ index: 1, ...named, id: "call_2" })],
    [call({ ...named, function: { name: "get_weather", arguments: json } })],
    [call({ index: 0, function: { arguments: json } }), call({ index: 0, ...named })],
    [call({ index: 0, ...named, function: { name: "get_weather", arguments: '{"city":"Par' } })],
  ];
  await Promise.all(
    calls.map(async (events) => {
      const only = world.talk();
      only.play(sayEvents(() => [...events, choice({}, "tool_calls")]));
      const failed = await ask(only);
      expect(failed.status).toBe("failed");
      expect(failed.errorCode).not.toBeNull();
      expect(only.calls).toHaveLength(1);
      const both = world.talk();
      both.play(
        sayEvents(() => [choice({ content: "Let me see. " }), ...events, choice({}, "tool_calls")]),
      );
      const kept = await ask(both);
      expect(textOf(kept)).toBe("Let me see. ");
      expect(both.calls).toHaveLength(1);
    }),
  );
});

fault(
  "U-42",
  "a hundred thousand chunks cost little memory and one write a second",
  async (world) => {
    const count = 100_000;
    const talk = world.talk();
    talk.play(async (call) => {
      for (let from = 1; from <= count && !call.isClosed(); from += 100) {
        const chunks = Array.from({ length: 100 }, (_, index) =>
          JSON.stringify(choice({ content: `w${String(from + index)} ` })),
        );
        await call.answer.writeRaw(chunks.map((chunk) => `data: ${chunk}\n\n`).join(""));
      }
      await call.answer.finish();
    });
    const pid = world.app.process.pid ?? 0;
    const before = readProcessFigures(pid);
    const writesBefore = await countWrites(world.stage);
    let peakBytes = 0;
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, readProcessFigures(pid)?.residentBytes ?? 0);
    }, 100);
    world.onEnd(() => {
      clearInterval(watch);
    });
    const startedMs = performance.now();
    const answer = await ask(talk);
    clearInterval(watch);
    const seconds = (performance.now() - startedMs) / 1000;
    expect(answer.status).toBe("complete");
    expect(textOf(answer)).toBe(writeWords(count));
    if (before !== null) expect((peakBytes - before.residentBytes) / 2 ** 20).toBeLessThan(100);
    const writes = (await countWrites(world.stage)) - writesBefore;
    // The turn's opening and close, and a checkpoint a second.
    expect(writes).toBeLessThanOrEqual(Math.ceil(seconds) + 4);
  },
);

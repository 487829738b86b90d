import { describe, expect, it } from "vitest";
import { EventMender } from "./event-mender";
import { isObject, parseJson } from "./json";

const line = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`;
const delta = (given: object, rest: object = {}) =>
  line({ id: "1", choices: [{ index: 0, delta: given, finish_reason: null }], ...rest });
const text = (content: string) => delta({ content });
const finish = (reason: unknown) => line({ choices: [{ delta: {}, finish_reason: reason }] });

/** What comes out when the body comes in these pieces. */
function mend(...pieces: string[]): Record<string, unknown>[] {
  const mender = new EventMender();
  for (const piece of pieces) mender.push(piece);
  if (!mender.isOver) mender.end();
  return read(mender);
}

/** What there is to take: text and thoughts in their order, and then the rest. */
const read = (mender: EventMender): Record<string, unknown>[] => [
  ...mender
    .takePieces()
    .map((piece) => ({ [piece.type]: "delta" in piece ? piece.delta : piece.reason })),
  ...mender
    .takeEvents()
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => parseJson(event.slice("data: ".length)))
    .filter(isObject),
];

const words = (text: string) => ({ text });
const end = (reason: string) => ({ choices: [{ delta: {}, finish_reason: reason }] });
const ownError = (code: string) => ({ error: { message: "", type: "parley", code } });

describe("EventMender", () => {
  it("joins deltas of one kind, and keeps the order of two", () => {
    expect(
      mend(
        delta({ reasoning_content: "hm " }) + delta({ reasoning: "so" }) + text("a") + text("b"),
        delta({ reasoning_content: "wait" }) + text("c") + finish("stop"),
      ),
    ).toEqual([
      { reasoning: "hm so" },
      words("ab"),
      { reasoning: "wait" },
      words("c"),
      end("stop"),
    ]);
  });

  it("says what must not wait: everything but text", () => {
    const mender = new EventMender();
    expect(mender.push(text("a"))).toBe(false);
    expect(mender.push(text("b"))).toBe(false);
    expect(mender.push(finish("stop"))).toBe(true);
    expect(mender.hasFinished).toBe(true);
  });

  it("drops what says nothing", () => {
    expect(
      mend(
        line({ choices: [], prompt_filter_results: [] }) +
          delta({ role: "assistant", content: "" }) +
          delta({ content: null, tool_calls: null }) +
          ": comment\n\nevent: ping\ndata:\n\n" +
          text("a") +
          line({ choices: [{ index: 1, delta: { content: "another candidate" } }] }) +
          finish("stop"),
      ),
    ).toEqual([words("a"), end("stop")]);
  });

  it("reads text in its other places", () => {
    const parts = [
      { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
      { type: "text", text: "a" },
    ];
    expect(mend(delta({ content: parts }) + finish("stop"))).toEqual([
      { reasoning: "hm" },
      words("a"),
      end("stop"),
    ]);
    expect(mend(delta({ refusal: "no" }) + finish("stop"))[0]).toEqual(words("no"));
    expect(mend(line({ choices: [{ index: 0, text: "old" }] }) + finish("stop"))[0]).toEqual(
      words("old"),
    );
  });

  it("keeps the reason that must not be hidden, whichever comes last", () => {
    const last = (...reasons: string[]) => mend(text("a") + reasons.map(finish).join("")).at(-1);
    expect(last("stop", "content_filter")).toEqual(end("content_filter"));
    expect(last("length", "stop")).toEqual(end("length"));
    expect(last("stop", "stop")).toEqual(end("stop"));
    expect(last("max_tokens")).toEqual(end("length"));
    expect(last("sensitive")).toEqual(end("content_filter"));
    expect(last("insufficient_system_resource")).toEqual(end("error"));
    expect(last("eos_found")).toEqual(end("other"));
    const filtered = { hate: { filtered: true } };
    expect(
      mend(finish("stop") + line({ choices: [{ index: 0, content_filter_results: filtered }] })).at(
        -1,
      ),
    ).toEqual(end("content_filter"));
  });

  it("lets nothing of a tool call through but that there was one", () => {
    const call = delta({ tool_calls: [{ index: 0, function: { name: "rm", arguments: {} } }] });
    expect(mend(call + finish("stop"))).toEqual([end("tool_calls")]);
    expect(mend(call + finish("length"))).toEqual([end("length")]);
  });

  it("makes every usage harmless, and forgets none that was good", () => {
    const usageOf = (...usages: unknown[]) =>
      mend(
        text("a") + usages.map((usage) => line({ choices: [], usage })).join("") + finish("stop"),
      )
        .map((event) => event["usage"])
        .filter((usage) => usage !== undefined)
        .at(-1);
    expect(usageOf({ prompt_tokens: "12", completion_tokens: 3 })).toEqual({
      prompt_tokens: 12,
      completion_tokens: 3,
    });
    expect(usageOf({ input_tokens: 12, output_tokens: 3 })).toMatchObject({ prompt_tokens: 12 });
    expect(usageOf({ prompt_tokens: -5, completion_tokens: 1e12 })).toBeUndefined();
    expect(usageOf({ prompt_tokens: 1.5, completion_tokens: 4 })).toMatchObject({
      prompt_tokens: null,
    });
    expect(usageOf({ prompt_tokens: 12, completion_tokens: 3 }, null, "lots", {})).toMatchObject({
      prompt_tokens: 12,
    });
  });

  it.each<[string, unknown, object]>([
    [
      "OpenAI",
      { error: { message: "x", type: "server_error", code: null } },
      { type: "server_error" },
    ],
    ["a string", { error: "model 'x' not found" }, { message: "model 'x' not found" }],
    ["DashScope", { code: "Throttling", message: "slow", request_id: "1" }, { code: "Throttling" }],
    ["vLLM", { object: "error", message: "x", type: "BadRequestError", code: 400 }, { code: 400 }],
    [
      "Anthropic",
      { type: "error", error: { type: "overloaded_error" } },
      { type: "overloaded_error" },
    ],
    [
      "OpenRouter",
      { choices: [{ index: 0, delta: { content: "" }, error: { code: 502, message: "x" } }] },
      { code: 502 },
    ],
  ])("reads an error of %s, and nothing behind it", (_, event, error) => {
    expect(mend(text("a") + line(event) + text("b") + finish("stop"))).toMatchObject([
      words("a"),
      { error },
    ]);
  });

  it("takes `error: null` for none", () => {
    expect(mend(delta({ content: "a" }, { error: null }) + finish("stop"))).toEqual([
      words("a"),
      end("stop"),
    ]);
  });

  it("ends at damage, with what came before it", () => {
    expect(mend(`${text("a")}data: {"choices":[{"delta":{"cont\n\n${text("b")}`)).toEqual([
      words("a"),
      ownError("DAMAGED_STREAM"),
    ]);
    expect(mend(`${text("a")}data: {"choi`)).toEqual([words("a"), ownError("DAMAGED_STREAM")]);
  });

  it("joins an event that is spread over several lines", () => {
    expect(
      mend('data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n', finish("stop")),
    ).toEqual([words("a"), end("stop")]);
  });

  it("tells a body that is no stream", () => {
    expect(mend("hello\n")).toEqual([ownError("NOT_A_STREAM")]);
    expect(mend("")).toEqual([ownError("NOT_A_STREAM")]);
    expect(mend("x".repeat(9_000_000))).toEqual([ownError("NOT_A_STREAM")]);
  });

  it("is over with the last line, which need not end", () => {
    const mender = new EventMender();
    mender.push(text("a") + finish("stop") + "data: [DONE]\n");
    expect(mender.isOver).toBe(true);
    expect(mend(text("a"), finish("stop").trimEnd())).toEqual([words("a"), end("stop")]);
  });

  it("does not mind a break after the model has finished", () => {
    const broken = (body: string) => {
      const mender = new EventMender();
      mender.push(body);
      mender.end("ECONNRESET");
      return read(mender);
    };
    expect(broken(text("a") + finish("stop")).at(-1)).toEqual(end("stop"));
    expect(broken(text("a")).at(-1)).toEqual(ownError("ECONNRESET"));
  });

  it("gives the same however the body is cut", () => {
    const body = `${text("你好")}\r\n: x\r\n${delta({ reasoning: "hm" })}${text("世界 😀")}${finish("stop")}data: [DONE]\n\n`;
    const whole = mend(body);
    for (let size = 1; size < 60; size += 1)
      expect(mend(...(body.match(new RegExp(`[\\s\\S]{1,${String(size)}}`, "g")) ?? []))).toEqual(
        whole,
      );
  });

  it("reads a long line that comes in many pieces in linear time", () => {
    const pieces = Array.from({ length: 7_000 }, () => "x".repeat(1_000));
    const startedMs = performance.now();
    expect(
      mend('data: {"choices":[{"delta":{"content":"', ...pieces, '"}}]}\n\n', finish("stop")),
    ).toHaveLength(2);
    expect(performance.now() - startedMs).toBeLessThan(1_500);
  });

  it("keeps several candidates apart, and tells of each how it ended", () => {
    const mender = new EventMender(2);
    const of = (index: number, given: object, reason: string | null = null) =>
      line({ choices: [{ index, delta: given, finish_reason: reason }] });
    mender.push(of(0, { content: "a" }) + of(1, { content: "x" }) + of(0, { content: "b" }));
    mender.push(of(2, { content: "nobody asked" }) + of(0, {}, "stop"));
    expect(mender.hasFinished).toBe(false);
    mender.push(of(1, { reasoning: "y" }) + of(1, {}, "length"));
    expect(mender.hasFinished).toBe(true);
    expect(mender.takePieces()).toEqual([
      { type: "text", delta: "ab" },
      { type: "finish", reason: "stop" },
      { type: "text", delta: "x", candidate: 1 },
      { type: "reasoning", delta: "y", candidate: 1 },
      { type: "finish", reason: "length", candidate: 1 },
    ]);
  });

  it("takes several candidates out of one event, in their places where they are not numbered", () => {
    const mender = new EventMender(2);
    mender.push(line({ choices: [{ delta: { content: "a" } }, { delta: { content: "b" } }] }));
    expect(mender.takePieces()).toEqual([
      { type: "text", delta: "a" },
      { type: "text", delta: "b", candidate: 1 },
    ]);
  });

  it("calls a body broken in which not every candidate has ended", () => {
    const mender = new EventMender(2);
    mender.push(line({ choices: [{ index: 0, delta: { content: "a" }, finish_reason: "stop" }] }));
    mender.end("ECONNRESET");
    expect(mender.takeEvents()).toContain("ECONNRESET");
  });
});

import { describe, expect, it } from "vitest";
import { colours, namesColour } from "./colours";
import {
  judgeJson,
  judgeJsonSchema,
  judgeReasoningBack,
  judgeStream,
  judgeTools,
  judgeVision,
} from "./judge-abilities";
import { judgeKey } from "./judge-connection";
import { findNamed, judgeEffort, judgeOutputLimit, judgeParameter } from "./judge-parameters";
import { triedNames } from "./probes";
import type { Reply } from "./reply";

const reply = (given: Partial<Reply> = {}): Reply => ({
  isOk: true,
  isRefused: false,
  status: 200,
  failure: null,
  form: "document",
  choices: [{ text: "", toolCalls: 0, finish: "stop" }],
  reasoning: null,
  usage: null,
  words: "",
  firstMs: 1,
  totalMs: 2,
  ...given,
});

const says = (text: string, finish = "stop") =>
  reply({ choices: [{ text, toolCalls: 0, finish }] });
const refused = reply({
  isOk: false,
  isRefused: true,
  status: 400,
  failure: { code: "provider_rejected", details: { status: 400 }, waitMs: null },
});
const broken = reply({
  isOk: false,
  status: 503,
  failure: { code: "provider_failed", details: { status: 503 }, waitMs: null },
});

describe("an ability", () => {
  it("is refused, broken, not tried or seen", () => {
    expect(judgeTools(refused)).toMatchObject({ finding: "no", details: { isRefused: true } });
    expect(judgeTools(broken)).toMatchObject({
      finding: "unclear",
      errorCode: "provider_failed",
      details: { status: 503 },
    });
    expect(judgeTools("budget")).toMatchObject({ finding: "skipped" });
    expect(judgeTools(says("Calling it: 7"))).toMatchObject({
      finding: "unclear",
      errorCode: null,
    });
    const called = reply({ choices: [{ text: "", toolCalls: 1, finish: "tool_calls" }] });
    expect(judgeTools(called).finding).toBe("ok");
  });

  it("to see is shown by naming one colour and no other", () => {
    for (const colour of colours) {
      const judge = (text: string, finish?: string) =>
        judgeVision(says(text, finish), (said) => namesColour(said, colour)).finding;
      expect(judge("I cannot see images.")).toBe("no");
      expect(judge("Red, green, blue or yellow.")).toBe("no");
      expect(judge("", "length")).toBe("unclear");
    }
    const [red] = colours;
    expect(red !== undefined && namesColour("It's red.", red)).toBe(true);
    expect(red !== undefined && namesColour("红色", red)).toBe(true);
    expect(red !== undefined && namesColour("I am bored.", red)).toBe(false);
  });

  it("to write JSON is shown by an object that nothing in the question asked for", () => {
    expect(judgeJson(says('{"answer":"blue"}')).finding).toBe("ok");
    expect(judgeJson(says("Blue.")).finding).toBe("no");
    expect(judgeJsonSchema(says('{"answer":"blue"}')).finding).toBe("no");
    expect(judgeJsonSchema(says('{"sky_code":3}')).finding).toBe("ok");
  });

  it("to stream is not shown by a document, nor usage by its absence", () => {
    const findings = (asked: Reply, isUsageRefused = false) =>
      judgeStream(asked, { isUsageRefused }).map(({ finding }) => finding);
    const usage = { inputTokens: 1, outputTokens: 1 };
    expect(findings(reply({ form: "stream", usage }))).toEqual(["ok", "ok"]);
    expect(findings(reply({ form: "stream" }))).toEqual(["ok", "no"]);
    expect(findings(reply({ form: "stream", usage }), true)).toEqual(["ok", "no"]);
    expect(findings(reply({ form: "document", usage }))).toEqual(["no", "no"]);
    expect(findings(broken)).toEqual(["unclear", "unclear"]);
  });
});

describe("thoughts", () => {
  it.each([
    [refused, null, "no", "never"],
    [reply(), null, "no", "never"],
    [reply(), reply(), "no", "never"],
    [reply(), refused, "ok", "always"],
  ])("go back or not", (withThoughts, bareCall, finding, rule) => {
    expect(judgeReasoningBack(withThoughts, bareCall)).toMatchObject({
      finding,
      details: { rule },
    });
  });
});

describe("a key", () => {
  const refusal = {
    status: 401,
    totalMs: 1,
    failure: { code: "provider_key_refused" as const, details: {}, waitMs: null },
  };
  const passed = { status: 200, totalMs: 1, failure: null };
  const judge = (own: typeof passed | typeof refusal, madeUp: typeof own | null, rest = {}) =>
    judgeKey({ hasKey: true, own, madeUp, isComparable: true, ...rest });

  it("is good when it is let in where a made-up one is not", () => {
    expect(judge(passed, refusal)).toMatchObject({ finding: "ok", details: { isChecked: true } });
    expect(judge(refusal, refusal).finding).toBe("bad");
    expect(judge(passed, passed)).toMatchObject({
      finding: "unclear",
      details: { isChecked: false },
    });
    expect(judge(passed, passed, { isComparable: false }).details).toEqual({});
    expect(judge(passed, null).finding).toBe("unclear");
    expect(judge(passed, null, { hasKey: false }).finding).toBe("no");
  });
});

describe("a parameter", () => {
  it("that is taken counts, unless it is seen or known to do nothing", () => {
    const judge = (name: (typeof triedNames)[number], answered: Reply, documented = "unknown") =>
      judgeParameter(name, { is: "taken", reply: answered }, documented as "unknown").finding;
    expect(judge("temperature", reply())).toBe("ok");
    expect(judge("temperature", reply(), "no")).toBe("no");
    expect(judge("n", reply())).toBe("no");
    expect(judge("n", reply({ choices: [...reply().choices, ...reply().choices] }), "no")).toBe(
      "ok",
    );
    expect(judge("stop", says("1 2 3 4 "))).toBe("ok");
    expect(judge("stop", says("1 2 3 4 5 6"))).toBe("no");
  });

  it.each([
    ['{"error":{"message":"Unsupported parameter","param":"top_p"}}', "topP"],
    ["Unsupported value: 'temperature' does not support 0.4", "temperature"],
    ["Unknown argument: n", "n"],
    ["Please stop sending unknown things", null],
    ["'stop' is not supported", "stop"],
    ["Allowed: temperature, top_p, stop", null],
    ["No such thing as nonsense in a penalty", null],
  ])("is found in %s", (words, name) => {
    expect(findNamed(words, triedNames)).toBe(name);
  });

  it("limits an answer under the name that shortened it", () => {
    const long = says("1 2 3 and so on until 60");
    const short = says("1 2 3", "length");
    expect(
      judgeOutputLimit([
        { field: "max_completion_tokens", reply: long },
        { field: "max_tokens", reply: short },
      ]),
    ).toMatchObject({ finding: "ok", details: { field: "max_tokens" } });
    const silent = { field: "max_tokens", reply: says("1 2 3") } as const;
    expect(judgeOutputLimit([silent]).finding).toBe("ok");
    expect(judgeOutputLimit([{ field: "max_tokens", reply: long }]).finding).toBe("no");
    expect(judgeOutputLimit([{ field: "max_tokens", reply: broken }]).finding).toBe("unclear");
  });

  it("of effort has the values that were taken", () => {
    const tried = [
      { effort: "none" as const, asked: reply(), isEffective: false },
      { effort: "low" as const, asked: reply(), isEffective: true },
      { effort: "high" as const, asked: refused, isEffective: true },
    ];
    expect(judgeEffort(tried, { isIgnored: false }).details).toEqual({ values: "low" });
    expect(judgeEffort(tried.slice(2), { isIgnored: false })).toMatchObject({
      finding: "no",
      details: { isRefused: true },
    });
    expect(judgeEffort([], { isIgnored: true })).toMatchObject({ finding: "no", details: {} });
  });
});

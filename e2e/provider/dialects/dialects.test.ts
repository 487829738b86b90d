import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAnswer } from "../read-answer";
import { startProvider, type ScriptedProvider } from "../server";
import { filteredWord, lateFilteredWord } from "./azure";
import type { DialectName } from "./find";

let provider: ScriptedProvider;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.reset();
});

type Headers = Record<string, string>;
const bearer = { authorization: "Bearer sk-test" };

function post(url: string, body: object, headers: Headers = bearer): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ messages: [{ role: "user", content: "Hello" }], ...body }),
  });
}

const ask = (name: DialectName, model: string, body: object = {}, headers?: Headers) =>
  post(`${provider.dialectUrl(name)}/chat/completions`, { model, ...body }, headers);

const azureUrl = (deployment: string, query = "?api-version=2024-10-21") =>
  `${provider.dialectUrl("azure")}/openai/deployments/${deployment}/chat/completions${query}`;

async function failure(response: Response): Promise<string> {
  return `${String(response.status)} ${await response.text()}`;
}

describe("OpenAI", () => {
  it("has a reasoning model that fixes what others leave open", async () => {
    for (const field of [
      { max_tokens: 5 },
      { temperature: 0.5 },
      { presence_penalty: 1 },
      { reasoning_effort: "minimal" },
    ]) {
      const words = await failure(await ask("openai", "o-strict", field));
      expect(words).toMatch(/^400 .*nsupported/);
      expect(words).toContain(Object.keys(field)[0]);
    }
    const response = await ask("openai", "o-strict", {
      max_completion_tokens: 50,
      temperature: 1,
      reasoning_effort: "low",
    });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: "You said: Hello" } }],
      usage: { completion_tokens_details: { reasoning_tokens: expect.any(Number) } },
    });
  });

  it("answers n times, stops, counts and fills a schema", async () => {
    const messages = [{ role: "user", content: "Count from 1 to 9." }];
    const body = { messages, n: 2, stop: ["5"] };
    expect(await (await ask("openai", "gpt-strict", body)).json()).toMatchObject({
      choices: [
        { index: 0, message: { content: "1 2 3 4 " } },
        { index: 1, message: { content: "1 2 3 4 " } },
      ],
    });
    const short = await ask("openai", "gpt-strict", { messages, max_tokens: 3 });
    expect(await short.json()).toMatchObject({
      choices: [{ finish_reason: "length" }],
      usage: { completion_tokens: 3 },
    });
    const schema = { type: "object", properties: { size: { type: "integer" } } };
    const format = { type: "json_schema", json_schema: { name: "x", strict: true, schema } };
    const filled = await ask("openai", "gpt-strict", { response_format: format });
    expect(await filled.json()).toMatchObject({
      choices: [{ message: { content: '{"size":1}' } }],
    });
  });
});

describe("Azure", () => {
  const key = { "api-key": "sk-test" };

  it("takes the key in its own header, and the deployment from the path", async () => {
    expect((await post(azureUrl("gpt-deployment"), {}, key)).status).toBe(200);
    expect((await post(azureUrl("gpt-deployment"), {}, bearer)).status).toBe(401);
    expect(await failure(await post(azureUrl("nobody"), {}, key))).toContain("DeploymentNotFound");
    expect((await post(azureUrl("gpt-deployment", ""), {}, key)).status).toBe(404);
    expect(provider.requests().map(({ isKeyRight }) => isKeyRight)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(provider.requests()[0]).toMatchObject({ query: { "api-version": "2024-10-21" } });
    expect(JSON.stringify(provider.requests())).not.toContain("sk-test");
  });

  it("frames its stream with the filter's verdicts", async () => {
    const response = await post(azureUrl("gpt-deployment"), { stream: true }, key);
    const body = await response.text();
    expect(body.split("\n\n")[0]).toMatch(/"choices":\[\],"prompt_filter_results"/);
    expect(body).toContain("content_filter_offsets");
    expect(readAnswer(body.replaceAll(/data: .*_offsets.*\n\n/g, "")).text).toBe("You said: Hello");
  });

  it("refuses a prompt that its filter does not like", async () => {
    const messages = [{ role: "user", content: filteredWord }];
    const words = await failure(await post(azureUrl("gpt-deployment"), { messages }, key));
    expect(words).toMatch(/^400 .*content_filter.*ResponsibleAIPolicyViolation/);
  });

  it("thinks again about an answer that it has sent", async () => {
    const messages = [{ role: "user", content: lateFilteredWord }];
    const response = await post(azureUrl("gpt-deployment"), { messages, stream: true }, key);
    const lines = (await response.text()).split("\n\n");
    expect(lines.find((line) => line.includes("_offsets"))).toMatch(/content_filter"/);
  });

  it("has the newer address without a version, too", async () => {
    const url = `${provider.dialectUrl("azure")}/openai/v1/chat/completions`;
    expect((await post(url, { model: "gpt-deployment" }, key)).status).toBe(200);
  });
});

describe("DeepSeek", () => {
  const called = { id: "a", type: "function", function: { name: "f", arguments: "{}" } };
  const withTool = (thoughts: object) => [
    { role: "user", content: "Hello" },
    { role: "assistant", content: "", tool_calls: [called], ...thoughts },
    { role: "tool", tool_call_id: "a", content: "1" },
  ];

  it("wants thoughts back behind a tool's call, and its older model none at all", async () => {
    const without = await ask("deepseek", "deepseek-v4-pro", { messages: withTool({}) });
    expect(await failure(without)).toMatch(/^400 .*must be passed back/);
    const thoughts = { reasoning_content: "Hm." };
    const messages = withTool(thoughts);
    expect((await ask("deepseek", "deepseek-v4-pro", { messages })).status).toBe(200);
    expect((await ask("deepseek", "deepseek-reasoner", { messages })).status).toBe(400);
  });

  it("wants the word json in a prompt for JSON, and has no schemas", async () => {
    const format = { response_format: { type: "json_object" } };
    expect((await ask("deepseek", "deepseek-chat", format)).status).toBe(400);
    const messages = [{ role: "user", content: "In JSON, please." }];
    expect((await ask("deepseek", "deepseek-chat", { ...format, messages })).status).toBe(200);
    const schema = { response_format: { type: "json_schema" }, messages };
    expect(await failure(await ask("deepseek", "deepseek-chat", schema))).toContain("unavailable");
  });

  it("runs out of credit where it is told to", async () => {
    expect((await ask("deepseek", "deepseek-chat!error-402")).status).toBe(402);
  });
});

describe("the others", () => {
  it.each<[DialectName, string, object]>([
    ["dashscope", "qwen3-strict", {}],
    ["dashscope", "qwen-plus", { n: 5 }],
    ["ark", "doubao-seed", { n: 2 }],
    ["siliconflow", "Qwen/Qwen2.5-7B-Instruct", { enable_thinking: true }],
    ["01-ai", "yi-lightning", { temperature: 0 }],
    ["ollama", "gemma3:4b", { tools: [] }],
    ["lm-studio", "qwen2.5-7b-instruct", { response_format: { type: "json_object" } }],
    ["vllm", "meta-llama/Llama-3.1-8B-Instruct", { tools: [] }],
    ["strict-gateway", "cellar-model", { seed: 1 }],
    ["strict-gateway", "cellar-model", { stream: true, stream_options: {} }],
  ])("%s refuses %s with %j", async (name, model, body) => {
    expect((await ask(name, model, body)).status).toBe(400);
  });

  it.each<[DialectName, string]>([
    ["deepseek", "Authentication Fails, Your api key: sk-wrong"],
    ["dashscope", "Incorrect API key provided: sk-wrong"],
    ["ark", "sk-wrong"],
    ["siliconflow", '"Api key is invalid"'],
    ["01-ai", "Illegal ApiKey"],
    ["vllm", "Unauthorized"],
  ])("%s refuses a wrong key in its own words", async (name, words) => {
    const wrong = { authorization: "Bearer sk-wrong" };
    const response = await ask(name, "any", {}, wrong);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain(words);
  });

  it("answer without a key on one's own machine", async () => {
    expect((await ask("ollama", "llama3.2", {}, {})).status).toBe(200);
    expect((await ask("vllm", "Qwen/Qwen3-32B", {}, {})).status).toBe(401);
  });

  it("think in the field that is theirs", async () => {
    const fields = async (name: DialectName, model: string) => {
      const { choices } = (await (await ask(name, model)).json()) as {
        choices: { message: Record<string, string> }[];
      };
      return choices[0]?.message;
    };
    expect(await fields("vllm", "Qwen/Qwen3-32B")).toHaveProperty("reasoning");
    expect(await fields("ark", "doubao-seed")).toHaveProperty("reasoning_content");
    expect((await fields("ollama", "deepseek-r1:1.5b"))?.["content"]).toMatch(/^<think>/);
  });

  it("have a window, and say how long it is", async () => {
    const messages = [{ role: "user", content: "long ".repeat(5000) }];
    const words = await failure(await ask("vllm", "Qwen/Qwen3-32B", { messages }));
    expect(words).toMatch(/^400 .*maximum context length is 4096 tokens/);
  });

  it("ignore the wish for a stream where they are such a gateway", async () => {
    const response = await ask("strict-gateway", "cellar-model", { stream: true });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).not.toHaveProperty("usage");
  });

  it("fail by the name of a scenario behind the model's", async () => {
    expect((await ask("ark", "doubao-seed!error-500")).status).toBe(500);
    expect((await ask("ark", "doubao-seed!nothing-of-the-kind")).status).toBe(200);
  });
});

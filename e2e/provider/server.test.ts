import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readAnswer } from "./read-answer";
import { startProvider, type ScriptedProvider } from "./server";

let provider: ScriptedProvider;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
});
beforeEach(() => {
  provider.reset();
});

type Options = { key?: string; signal?: AbortSignal };

function ask(body: Record<string, unknown>, { key = "sk-test", signal }: Options = {}) {
  return fetch(`${provider.url}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: "Hello 你好" }], ...body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function stream(model: string, body: Record<string, unknown> = {}) {
  return readAnswer(await (await ask({ model, stream: true, ...body })).text());
}

describe("the door", () => {
  it("lists the scenarios as models", async () => {
    const headers = { authorization: "Bearer sk-test" };
    const response = await fetch(`${provider.url}/models`, { headers });
    const { data } = (await response.json()) as { data: { id: string }[] };
    expect(data.map((model) => model.id)).toEqual(expect.arrayContaining(["plain", "stall"]));
  });

  it("refuses another key, quoting it as OpenAI does", async () => {
    const response = await ask({ model: "plain" }, { key: "sk-wrong" });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain("sk-wrong");
  });

  it("asks for no key when it was started without one", async () => {
    const open = await startProvider({ key: null });
    const response = await fetch(`${open.url}/models`);
    await open.close();
    expect(response.status).toBe(200);
  });

  it("answers 404 to a model that it does not have", async () => {
    const response = await ask({ model: "gpt-99" });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "model_not_found" } });
  });

  it("refuses stream options on a call without a stream", async () => {
    const response = await ask({ model: "plain", stream_options: { include_usage: true } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { param: "stream_options" } });
  });

  it("refuses a body without messages", async () => {
    expect((await ask({ model: "plain", messages: [] })).status).toBe(400);
  });
});

describe("an answer", () => {
  it("streams the user's text back, with usage only when asked", async () => {
    const without = await stream("plain");
    expect(without).toMatchObject({
      text: "You said: Hello 你好",
      finishReason: "stop",
      isDone: true,
    });
    expect(without.usage).toBeUndefined();
    const withUsage = await stream("plain", { stream_options: { include_usage: true } });
    expect(withUsage.usage).toMatchObject({ completion_tokens: 4 });
  });

  it("comes as one document when no stream was asked for", async () => {
    const document = (await (await ask({ model: "plain" })).json()) as unknown;
    expect(document).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { content: "You said: Hello 你好" }, finish_reason: "stop" }],
    });
  });

  it("comes as one document even so, where the scenario ignores the stream", async () => {
    const response = await ask({ model: "json-instead", stream: true });
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it("echoes the request it received", async () => {
    const { text } = await stream("echo", { temperature: 0.5 });
    expect(JSON.parse(text)).toMatchObject({ model: "echo", temperature: 0.5, stream: true });
  });

  it("counts as far as it is told", async () => {
    const messages = [{ role: "user", content: "count to 5" }];
    expect((await stream("count", { messages })).text).toBe("1 2 3 4 5");
  });

  it("thinks before it answers", async () => {
    const { reasoning, text } = await stream("reasoning");
    expect(reasoning).not.toBe("");
    expect(text).toContain("Hello 你好");
  });

  it("has about 4,000 tokens when it is long", async () => {
    const { usage } = await stream("long", { stream_options: { include_usage: true } });
    expect(usage).toMatchObject({ completion_tokens: 570 * 7 });
  });

  it("says its second half only when it is released", async () => {
    const response = await ask({ model: "gate", stream: true });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = "";
    while (!received.includes("here.")) received += (await reader?.read())?.value ?? "";
    expect(received).not.toContain("second");
    provider.release();
    while (!received.includes("[DONE]")) received += (await reader?.read())?.value ?? "";
    expect(readAnswer(received).text).toBe("The first half is here. The second half is here too.");
  });

  it("keeps characters whole that were sent in three-byte pieces", async () => {
    const [split, whole] = [await stream("split-utf8"), await stream("chinese")];
    expect(split.text).toBe(whole.text);
  });
});

describe("a fault", () => {
  it.each([
    ["error-400", 400],
    ["error-401", 401],
    ["error-403", 403],
    ["error-404", 404],
    ["error-429", 429],
    ["error-429-quota", 429],
    ["error-500", 500],
    ["error-502-html", 502],
    ["error-503", 503],
    ["error-529", 529],
    ["context-too-long", 400],
  ])("%s answers %i", async (model, status) => {
    expect((await ask({ model, stream: true })).status).toBe(status);
  });

  it("asks once for patience, then answers", async () => {
    const first = await ask({ model: "error-429-retry", stream: true });
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await ask({ model: "error-429-retry", stream: true })).status).toBe(200);
  });

  it("breaks the connection in the middle of the text", async () => {
    const response = await ask({ model: "reset", stream: true });
    await expect(response.text()).rejects.toThrow();
    expect(provider.requests()[0]?.isClosedByClient).toBe(false);
  });

  it("ends without a finish reason", async () => {
    expect(await stream("no-finish")).toMatchObject({ finishReason: null, isDone: false });
  });

  it("ends without the last line, but with a finish reason", async () => {
    expect(await stream("no-done")).toMatchObject({ finishReason: "stop", isDone: false });
  });

  it("answers nothing at all, in good order", async () => {
    expect(await stream("empty")).toMatchObject({ text: "", finishReason: "stop", isDone: true });
  });

  it("reports an error in the stream", async () => {
    const { text, error } = await stream("error-in-stream");
    expect(text).not.toBe("");
    expect(error).toMatchObject({ type: "server_error" });
  });

  it("sends NUL and half a surrogate pair", async () => {
    expect((await stream("nul")).text).toBe("before\u0000after lone \ud83d surrogate");
  });

  it.each(["stall", "stall-mid"])("%s goes silent until the client leaves", async (model) => {
    const controller = new AbortController();
    const response = await ask({ model, stream: true }, { signal: controller.signal });
    expect(response.status).toBe(200);
    controller.abort();
    await vi.waitFor(() => {
      expect(provider.requests()[0]?.isClosedByClient).toBe(true);
    });
  });
});

describe("the record", () => {
  it("keeps each body, and that the client took the whole answer", async () => {
    await stream("plain");
    const response = await fetch(provider.url.replace("/v1", "/__requests"));
    expect(await response.json()).toMatchObject([
      { model: "plain", isClosedByClient: false, body: { model: "plain", stream: true } },
    ]);
  });

  it("is empty after a reset", async () => {
    await stream("plain");
    await fetch(provider.url.replace("/v1", "/__reset"), { method: "POST" });
    expect(provider.requests()).toEqual([]);
  });
});

describe("a window", () => {
  const say = (text: string, more: Record<string, unknown> = {}) =>
    ask({ messages: [{ role: "user", content: text }], ...more });
  const words = async (response: Promise<Response>) => {
    const { status } = await response;
    const { error } = (await (await response).json()) as { error: { message: string } };
    return `${String(status)} ${error.message}`;
  };
  const long = "word ".repeat(600);

  it("is kept by the model's own count of the prompt and what is asked for the answer", async () => {
    expect((await say(long, { model: "plain@700" })).status).toBe(200);
    expect(await words(say(long, { model: "plain@600" }))).toBe(
      "400 This model's maximum context length is 600 tokens. However, your messages resulted in 609 tokens. Please reduce the length of the messages.",
    );
    expect(await words(say(long, { model: "plain@700", max_tokens: 100 }))).toMatch(
      /requested 709 tokens \(609 in the messages, 100 in the completion\)/,
    );
    expect(provider.requests().map(({ isTooLong }) => isTooLong)).toEqual([false, true, true]);
  });

  it("may be refused without a figure, or count Chinese twice", async () => {
    expect(await words(say(long, { model: "plain@600s" }))).toBe(
      "400 The input is too long for this model.",
    );
    const chinese = "很多字".repeat(100);
    expect((await say(chinese, { model: "plain@400" })).status).toBe(200);
    expect(await words(say(chinese, { model: "plain@400c" }))).toContain("608 tokens");
  });

  it("is what usage is counted by", async () => {
    const { usage } = await stream("plain@2000", { stream_options: { include_usage: true } });
    expect(usage).toMatchObject({ prompt_tokens: 10 });
  });

  it("is told in the words of the dialect, whatever the model plays", async () => {
    const at = (dialect: "vllm" | "dashscope", body: Record<string, unknown>) =>
      fetch(`${provider.dialectUrl(dialect)}/chat/completions`, {
        method: "POST",
        headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
        body: JSON.stringify({ messages: [{ role: "user", content: long }], ...body }),
      });
    const model = "Qwen/Qwen3-32B@700!plain";
    expect(await (await at("vllm", { model, max_tokens: 200 })).text()).toContain(
      "maximum context length is 700 tokens and your request has 609 input tokens (200 > 700 - 609)",
    );
    expect(await (await at("dashscope", { model: "qwen-plus@600" })).text()).toContain(
      "Range of input length should be [1, 600]",
    );
    expect((await at("vllm", { model })).status).toBe(200);
  });
});

describe("strict roles", () => {
  const say = (...roles: string[]) =>
    ask({ model: "strict-roles", messages: roles.map((role) => ({ role, content: "Hello" })) });

  it("must alternate, the user's first, behind the instructions", async () => {
    expect((await say("system", "user", "assistant", "user")).status).toBe(200);
    for (const roles of [
      ["user", "user"],
      ["assistant", "user"],
      ["user", "system"],
    ])
      expect((await say(...roles)).status).toBe(400);
  });
});

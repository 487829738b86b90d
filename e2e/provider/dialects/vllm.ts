import type { ChatRequest } from "../chat-request";
import { countTokens } from "../tokens";
import { commonFields, type DialectModel, type DialectRules } from "./rules";

const error = (status: number, type: string, message: string, param: string | null = null) => ({
  status,
  body: { error: { message, type, param, code: status } },
});

const windowTokens = 4096;

function checkWindow(request: ChatRequest): string | null {
  const tokens = countTokens(JSON.stringify(request.messages));
  return tokens > windowTokens
    ? `This model's maximum context length is ${String(windowTokens)} tokens. However, you requested ${String(tokens)} tokens in the messages. Please reduce the length of the messages.`
    : null;
}

const isThinking = (request: ChatRequest) =>
  (request["chat_template_kwargs"] as { enable_thinking?: boolean } | undefined)
    ?.enable_thinking !== false;

const served: DialectModel = {
  fields: {
    ...commonFields,
    reasoning_effort: (value) =>
      ["none", "low", "medium", "high"].includes(value as string)
        ? null
        : "Input should be 'none', 'low', 'medium' or 'high'",
    chat_template_kwargs: "take",
  },
  vision: "refuses",
  thoughts: { field: "reasoning", isOn: isThinking },
  checkMessages: checkWindow,
};

/** vLLM: fields that it does not know go unheard, and its key is one for all. */
export const vllm: DialectRules = {
  basePath: "/v1",
  models: {
    "Qwen/Qwen3-32B": served,
    // Started without a parser for tools.
    "meta-llama/Llama-3.1-8B-Instruct": {
      ...served,
      fields: {
        ...served.fields,
        reasoning_effort: "ignore",
        tools: () =>
          '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      },
      thoughts: null,
    },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  modelList: "closed",
  refuseKey: () => ({ status: 401, body: { error: "Unauthorized" } }),
  refuseModel: (model) =>
    error(404, "NotFoundError", `The model \`${model}\` does not exist.`, "model"),
  refuse: (complaint, field) => error(400, "BadRequestError", complaint, field),
  nameField: (field) => `${field} is not supported by this model`,
};

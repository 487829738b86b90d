import type { ChatRequest } from "../chat-request";
import { commonFields, onlyFormats, textOf, type DialectModel, type DialectRules } from "./rules";

const prefix = "<400> InternalError.Algo.InvalidParameter:";

const fields: DialectModel["fields"] = {
  ...commonFields,
  max_completion_tokens: "ignore",
  frequency_penalty: "ignore",
  enable_thinking: "take",
  thinking_budget: "take",
  temperature: (value) =>
    typeof value === "number" && value >= 0 && value < 2
      ? null
      : `${prefix} Temperature should be in [0.0, 2.0)`,
  n: (value, request) => {
    if (typeof value !== "number" || value < 1 || value > 4)
      return `${prefix} Range of n should be [1, 4]`;
    return value > 1 && isThinking(request)
      ? `${prefix} n must be 1 when enable_thinking is true`
      : null;
  },
  response_format: onlyFormats(
    ["text", "json_object"],
    `${prefix} 'response_format.type' specified in the request is not valid.`,
  ),
};

/** The commercial models think when told to, the open ones unless told not to. */
const isThinking = ({ model, ...request }: ChatRequest) =>
  model.startsWith("qwen3")
    ? request["enable_thinking"] !== false
    : request["enable_thinking"] === true;

function check(request: ChatRequest): string | null {
  const format = request["response_format"] as { type?: string } | undefined;
  if (format?.type === "json_object" && !/json/i.test(textOf(request)))
    return `${prefix} 'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.`;
  if (format?.type === "json_object" && isThinking(request))
    return `${prefix} Json mode response is not supported when enable_thinking is true`;
  return null;
}

const plus: DialectModel = {
  fields,
  vision: "refuses",
  thoughts: { field: "reasoning_content", isOn: isThinking },
  checkMessages: check,
};

/** 通义千问 in its OpenAI-compatible mode. */
export const dashscope: DialectRules = {
  basePath: "/compatible-mode/v1",
  models: {
    "qwen-plus": plus,
    "qwen-vl-max": {
      ...plus,
      fields: { ...fields, tools: "refuse" },
      vision: "sees",
      thoughts: null,
    },
    // As the open models have it: thinking comes in a stream only.
    "qwen3-strict": {
      ...plus,
      checkMessages: (request) =>
        isThinking(request) && request.stream !== true
          ? "parameter.enable_thinking must be set to false for non-streaming calls"
          : check(request),
    },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  modelList: "closed",
  refuseKey: (given) => ({
    status: 401,
    body: {
      error: {
        message: `Incorrect API key provided: ${given ?? "none"}.`,
        type: "invalid_request_error",
        param: null,
        code: "invalid_api_key",
      },
      request_id: "5c9f0b3d",
    },
  }),
  refuseModel: (model) => ({
    status: 404,
    body: {
      error: {
        message: `The model \`${model}\` does not exist or you do not have access to it.`,
        type: "invalid_request_error",
        param: null,
        code: "model_not_found",
      },
      request_id: "5c9f0b3d",
    },
  }),
  // The flat form, as its own interface and some of its models have it.
  refuse: (complaint) => ({
    status: 400,
    body: { code: "InvalidParameter", message: complaint, request_id: "5c9f0b3d" },
  }),
  nameField: (field) => `${prefix} The parameter ${field} is not supported by this model.`,
};

import type { ChatRequest } from "../chat-request";
import { commonFields, onlyFormats, type DialectModel, type DialectRules } from "./rules";

const refuse = (complaint: string, code = 20015) => ({
  status: 400,
  body: { code, message: complaint, data: null },
});

const fields: DialectModel["fields"] = {
  ...commonFields,
  max_completion_tokens: "ignore",
  seed: "ignore",
  enable_thinking: "refuse",
  response_format: onlyFormats(
    ["text", "json_object"],
    "The response_format.type is not supported for this model.",
  ),
};

const isThinking = (request: ChatRequest) => request["enable_thinking"] !== false;

const hybrid: DialectModel = {
  fields: { ...fields, enable_thinking: "take", thinking_budget: "take" },
  vision: "refuses",
  thoughts: { field: "reasoning_content", isOn: isThinking },
};

/** 硅基流动: errors are flat, and a refused key is a bare string. */
export const siliconflow: DialectRules = {
  basePath: "/v1",
  models: {
    "Qwen/Qwen3-8B": hybrid,
    "Qwen/Qwen2.5-7B-Instruct": { fields, vision: "refuses", thoughts: null },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  modelList: "closed",
  refuseKey: () => ({ status: 401, body: "Api key is invalid" }),
  refuseModel: () => refuse("Model does not exist. Please check it carefully.", 20012),
  refuse: (complaint) => refuse(complaint),
  nameField: (field) => `Value error, current model does not support parameter \`${field}\`.`,
};

import type { ChatRequest } from "../chat-request";
import { commonFields, onlyValues, type DialectModel, type DialectRules } from "./rules";

const error = (status: number, code: string, type: string, message: string, param = "") => ({
  status,
  body: { error: { code, message: `${message} Request id: 0217000000`, param, type } },
});

const isThinking = (request: ChatRequest) =>
  (request["thinking"] as { type?: string } | undefined)?.type !== "disabled";

const fields: DialectModel["fields"] = {
  ...commonFields,
  n: "refuse",
  seed: "refuse",
  thinking: (value) =>
    ["enabled", "disabled", "auto"].includes((value as { type?: string }).type ?? "")
      ? null
      : "The parameter `thinking.type` specified in the request is not valid.",
  reasoning_effort: onlyValues(
    ["minimal", "low", "medium", "high"],
    () => "The parameter `reasoning_effort` specified in the request is not valid.",
  ),
};

const seed: DialectModel = {
  fields,
  vision: "sees",
  thoughts: { field: "reasoning_content", isOn: isThinking },
};

/** 豆包 at 火山方舟. */
export const ark: DialectRules = {
  basePath: "/api/v3",
  models: {
    "doubao-seed": seed,
    "doubao-lite": {
      fields: { ...fields, thinking: "refuse", reasoning_effort: "refuse" },
      vision: "refuses",
      thoughts: null,
    },
  },
  otherFields: "refuse",
  keyHeader: "authorization",
  modelList: "none",
  refuseKey: (given) =>
    error(
      401,
      "AuthenticationError",
      "Unauthorized",
      `The API key ${given ?? ""} in the request is missing or invalid.`,
    ),
  refuseModel: (model) =>
    error(
      404,
      "InvalidEndpointOrModel.NotFound",
      "NotFound",
      `The model or endpoint ${model} does not exist or you do not have access to it.`,
    ),
  refuse: (complaint, field) =>
    error(400, "InvalidParameter", "BadRequest", complaint, field ?? ""),
  nameField: (field) =>
    `The parameter \`${field}\` specified in the request is not valid: not supported by the model.`,
};

import { makeErrorBody } from "../error-body";
import { commonFields, onlyValues, type DialectModel, type DialectRules } from "./rules";

const efforts = ["low", "medium", "high"];

const chat: DialectModel = {
  fields: { ...commonFields, reasoning_effort: "refuse" },
  vision: "sees",
  thoughts: null,
};

const fixed = (field: string) =>
  onlyValues(
    [1],
    (value) =>
      `Unsupported value: '${field}' does not support ${String(value)} with this model. Only the default (1) value is supported.`,
  );

/** A reasoning model: it fixes its own temperature, and knows the limit by its new name only. */
export const strictReasoner: DialectModel = {
  fields: {
    ...commonFields,
    max_tokens: () =>
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    temperature: fixed("temperature"),
    top_p: fixed("top_p"),
    frequency_penalty: "refuse",
    presence_penalty: "refuse",
    stop: "refuse",
    reasoning_effort: onlyValues(
      efforts,
      (value) =>
        `Unsupported value: 'reasoning_effort' does not support '${String(value)}' with this model. Supported values are: 'low', 'medium', and 'high'.`,
    ),
  },
  vision: "refuses",
  thoughts: { field: "hidden", isOn: () => true },
};

export const openai: DialectRules = {
  basePath: "/v1",
  models: { "gpt-strict": chat, "o-strict": strictReasoner },
  otherFields: "refuse",
  keyHeader: "authorization",
  modelList: "closed",
  refuseKey: (given) => ({
    status: 401,
    body: makeErrorBody(
      given === null
        ? "You didn't provide an API key."
        : `Incorrect API key provided: ${given}. You can find your API key in your account.`,
      "invalid_request_error",
      given === null ? null : "invalid_api_key",
    ),
  }),
  refuseModel: (model) => ({
    status: 404,
    body: makeErrorBody(
      `The model \`${model}\` does not exist or you do not have access to it.`,
      "invalid_request_error",
      "model_not_found",
    ),
  }),
  refuse: (complaint, field) => ({
    status: 400,
    body: makeErrorBody(
      complaint,
      "invalid_request_error",
      complaint.startsWith("Unsupported value") ? "unsupported_value" : "unsupported_parameter",
      field,
    ),
  }),
  nameField: (field) => `Unsupported parameter: '${field}' is not supported with this model.`,
};

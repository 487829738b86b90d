import { commonFields, onlyFormats, type DialectModel, type DialectRules } from "./rules";

const fields: DialectModel["fields"] = {
  ...commonFields,
  max_completion_tokens: "ignore",
  n: "ignore",
  response_format: onlyFormats(
    ["text", "json_schema"],
    "'response_format.type' must be 'json_schema' or 'text'",
  ),
};

/** LM Studio: errors are an object with one string. */
export const lmStudio: DialectRules = {
  basePath: "/v1",
  models: {
    "qwen2.5-7b-instruct": { fields, vision: "blind", thoughts: null },
    "qwen2.5-vl-7b": { fields, vision: "sees", thoughts: null },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  isOpen: true,
  modelList: "open",
  refuseKey: () => ({ status: 401, body: { error: "unauthorized" } }),
  refuseModel: (model) => ({ status: 404, body: { error: `Model "${model}" not found.` } }),
  refuse: (complaint) => ({ status: 400, body: { error: complaint } }),
  nameField: (field) => `'${field}' is not supported`,
};

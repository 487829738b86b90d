import { makeErrorBody } from "../error-body";
import { openai } from "./openai";
import type { DialectModel, DialectRules } from "./rules";

const fields: DialectModel["fields"] = {
  max_tokens: "take",
  temperature: (value) =>
    typeof value === "number" && value > 0 && value < 2 ? null : "temperature must be in (0, 2)",
  top_p: "take",
  stream_options: "take",
};

/** 零一万物: a short list of parameters, and the rest goes unheard. */
export const zeroOne: DialectRules = {
  ...openai,
  models: {
    "yi-lightning": { fields, vision: "refuses", thoughts: null },
    "yi-vision": { fields, vision: "sees", thoughts: null },
  },
  otherFields: "ignore",
  refuseKey: () => ({
    status: 401,
    body: makeErrorBody("Illegal ApiKey", "authentication_error", "illegal_api_key"),
  }),
  refuse: (complaint) => ({
    status: 400,
    body: makeErrorBody(complaint, "invalid_request_error", "bad_request"),
  }),
};

import { openai } from "./openai";
import type { DialectRules } from "./rules";

/** A gateway in somebody's cellar: one document whatever was asked for, and little else. */
export const strictGateway: DialectRules = {
  ...openai,
  models: {
    "cellar-model": {
      fields: {
        max_tokens: "take",
        temperature: "take",
        top_p: "take",
        stop: "ignore",
        stream_options: "refuse",
      },
      vision: "blind",
      thoughts: null,
    },
  },
  otherFields: "refuse",
  ignoresStream: true,
  hidesUsage: true,
  nameField: (field) => `Unknown argument: ${field}`,
};

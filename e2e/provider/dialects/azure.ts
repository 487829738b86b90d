import { textOf, type DialectRules } from "./rules";
import { openai, strictReasoner } from "./openai";

const wrong = { message: "", type: null, param: null, code: "" };

const safe = {
  hate: { filtered: false, severity: "safe" },
  self_harm: { filtered: false, severity: "safe" },
  sexual: { filtered: false, severity: "safe" },
  violence: { filtered: false, severity: "safe" },
};

const violent = { ...safe, violence: { filtered: true, severity: "high" } };

/** The word for which Azure's filter refuses a prompt. */
export const filteredWord = "violence-please";
/** The word for which it only finds out when the answer has been sent. */
export const lateFilteredWord = "violence-later";

/**
 * Azure OpenAI: the deployment stands in the path, the key in a header of its own, and the verdicts
 * of the content filter everywhere.
 */
export const azure: DialectRules = {
  ...openai,
  basePath: "",
  models: {
    "gpt-deployment": {
      fields: { ...(openai.models["gpt-strict"]?.fields ?? {}) },
      vision: "sees",
      thoughts: null,
      checkMessages: (request) => (textOf(request).includes(filteredWord) ? "filtered" : null),
    },
    "o-deployment": strictReasoner,
  },
  keyHeader: "api-key",
  modelList: "none",
  refuseKey: () => ({
    status: 401,
    body: {
      error: {
        code: "401",
        message:
          "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.",
      },
    },
  }),
  refuseModel: () => ({
    status: 404,
    body: {
      error: {
        code: "DeploymentNotFound",
        message:
          "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.",
      },
    },
  }),
  refuse: (complaint, field) =>
    complaint === "filtered"
      ? {
          status: 400,
          body: {
            error: {
              ...wrong,
              message:
                "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
              param: "prompt",
              code: "content_filter",
              status: 400,
              innererror: {
                code: "ResponsibleAIPolicyViolation",
                content_filter_result: violent,
              },
            },
          },
        }
      : openai.refuse(complaint, field),
  decorate: (chunk) => {
    const choices = chunk["choices"] as Record<string, unknown>[];
    return {
      ...chunk,
      choices: choices.map((choice) => ({ ...choice, content_filter_results: safe })),
      ...(chunk["object"] === "chat.completion"
        ? { prompt_filter_results: [{ prompt_index: 0, content_filter_results: safe }] }
        : {}),
    };
  },
  firstEvents: () => [
    {
      id: "",
      object: "",
      created: 0,
      model: "",
      choices: [],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: safe }],
    },
  ],
  lastEvents: (head, request) => {
    const isFiltered = textOf(request).includes(lateFilteredWord);
    const verdict = {
      index: 0,
      finish_reason: isFiltered ? "content_filter" : null,
      content_filter_results: isFiltered ? violent : safe,
      content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 8 },
    };
    return [{ ...head, choices: [verdict] }];
  },
};

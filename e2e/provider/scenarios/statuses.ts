import { makeErrorBody, type ErrorBody } from "../error-body";
import type { Scenario } from "../scenario";
import { streamText } from "./answers";

type Failure = { status: number; body: ErrorBody; headers?: Record<string, string> };

/** Fails so many calls, then answers; then fails as many again. */
function failTimes(times: number, failure: Failure): Scenario {
  const fail = failWith(failure);
  return async (call) => {
    if (call.attempt % (times + 1) !== 0) {
      await fail(call);
      return;
    }
    await streamText(call, `You said: ${call.userText}`);
    await call.answer.finish();
  };
}

function failWith({ status, body, headers }: Failure): Scenario {
  return ({ answer }) => {
    answer.sendJson(status, body, headers);
  };
}

const rateLimit = makeErrorBody(
  "Rate limit reached for requests. Please try again later.",
  "requests",
  "rate_limit_exceeded",
);

const serverError = makeErrorBody(
  "The server had an error while processing your request.",
  "server_error",
);

const badGatewayPage: Scenario = ({ answer }) => {
  const page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
  answer.send(502, page, { "content-type": "text/html" });
};

const redirectElsewhere: Scenario = ({ answer }) => {
  answer.send(307, "", { location: "https://elsewhere.example.com/v1/chat/completions" });
};

export const statuses: Record<string, Scenario> = {
  "error-400": failWith({ status: 400, body: makeErrorBody("Unsupported parameter.") }),
  "error-401": failWith({
    status: 401,
    body: makeErrorBody(
      "Incorrect API key provided: sk-test. You can find your API key in your account.",
      "invalid_request_error",
      "invalid_api_key",
    ),
  }),
  "error-403": failWith({
    status: 403,
    body: makeErrorBody(
      "Country, region, or territory not supported",
      "request_forbidden",
      "unsupported_country_region_territory",
    ),
  }),
  "error-404": failWith({
    status: 404,
    body: makeErrorBody(
      "The model `error-404` does not exist or you do not have access to it.",
      "invalid_request_error",
      "model_not_found",
    ),
  }),
  "error-429": failWith({ status: 429, body: rateLimit, headers: { "retry-after": "120" } }),
  "error-429-retry": failTimes(1, {
    status: 429,
    body: rateLimit,
    headers: { "retry-after": "1" },
  }),
  "error-429-quota": failWith({
    status: 429,
    body: makeErrorBody(
      "You exceeded your current quota, please check your plan and billing details.",
      "insufficient_quota",
      "insufficient_quota",
    ),
  }),
  "error-500": failWith({ status: 500, body: serverError }),
  "error-500-once": failTimes(1, { status: 500, body: serverError }),
  "error-500-twice": failTimes(2, { status: 500, body: serverError }),
  "error-429-ms": failTimes(1, {
    status: 429,
    body: rateLimit,
    headers: { "retry-after-ms": "200" },
  }),
  "error-429-words": failTimes(1, {
    status: 429,
    body: makeErrorBody(
      "Rate limit reached for requests. Please try again in 300ms.",
      "requests",
      "rate_limit_exceeded",
    ),
  }),
  "error-402": failWith({ status: 402, body: makeErrorBody("Insufficient Balance") }),
  "error-408": failWith({ status: 408, body: makeErrorBody("Request timed out.") }),
  "error-409": failWith({ status: 409, body: makeErrorBody("Conflict.") }),
  "error-413": failWith({ status: 413, body: makeErrorBody("Request too large.") }),
  "error-425": failWith({ status: 425, body: makeErrorBody("Too early.") }),
  "error-504": failWith({ status: 504, body: makeErrorBody("Upstream timed out.") }),
  "filtered-prompt": failWith({
    status: 400,
    body: makeErrorBody(
      "The response was filtered due to the prompt triggering the content management policy.",
      "invalid_request_error",
      "content_filter",
      "prompt",
    ),
  }),
  "error-502-html": badGatewayPage,
  "error-503": failWith({
    status: 503,
    body: makeErrorBody("The engine is currently overloaded.", "service_unavailable"),
  }),
  "error-529": failWith({ status: 529, body: makeErrorBody("Overloaded", "overloaded_error") }),
  "context-too-long": failWith({
    status: 400,
    body: makeErrorBody(
      "This model's maximum context length is 4096 tokens. However, your messages resulted in 5120 tokens.",
      "invalid_request_error",
      "context_length_exceeded",
      "messages",
    ),
  }),
  redirect: redirectElsewhere,
};

import { expect, it } from "vitest";
import { classifyProviderError } from "./classify-provider-error";

const openAi = (code: string | null, message = "", type = code) => ({
  error: { message, type, param: null, code },
});

it.each<[string, number, unknown, string]>([
  [
    "DeepSeek: balance",
    402,
    openAi("invalid_request_error", "Insufficient Balance", "unknown_error"),
    "provider_out_of_credit",
  ],
  [
    "DeepSeek: model",
    400,
    openAi("invalid_request_error", "Model Not Exist"),
    "provider_model_missing",
  ],
  [
    "DashScope: overdue",
    400,
    {
      code: "Arrearage",
      message: "Access denied, please make sure your account is in good standing.",
      request_id: "1",
    },
    "provider_out_of_credit",
  ],
  [
    "DashScope: rate",
    429,
    {
      code: "Throttling.RateQuota",
      message: "Requests rate limit exceeded, please try again later.",
    },
    "provider_rate_limited",
  ],
  [
    "DashScope: free tier used up",
    403,
    openAi("AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted."),
    "provider_out_of_credit",
  ],
  [
    "DashScope: inspection",
    400,
    openAi("data_inspection_failed", "Input data may contain inappropriate content."),
    "answer_filtered",
  ],
  [
    "DashScope: too long",
    400,
    openAi(
      "invalid_parameter_error",
      "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]",
    ),
    "context_too_long",
  ],
  [
    "Ark: overdue",
    403,
    openAi(
      "AccountOverdueError",
      "The request failed because your account has an overdue balance.",
      "Forbidden",
    ),
    "provider_out_of_credit",
  ],
  [
    "Ark: spend limit",
    429,
    openAi(
      "SetLimitExceeded",
      "Your account has reached the set inference limit",
      "TooManyRequests",
    ),
    "provider_out_of_credit",
  ],
  [
    "Ark: rate",
    429,
    openAi("RateLimitExceeded.EndpointRPMExceeded", "", "TooManyRequests"),
    "provider_rate_limited",
  ],
  [
    "Ark: endpoint",
    404,
    openAi(
      "InvalidEndpointOrModel.NotFound",
      "The model or endpoint ep-1 does not exist",
      "NotFound",
    ),
    "provider_model_missing",
  ],
  [
    "Ark: sensitive",
    400,
    openAi("InputTextSensitiveContentDetected", "", "BadRequest"),
    "answer_filtered",
  ],
  [
    "SiliconFlow: model",
    400,
    { code: 20012, message: "Model does not exist. Please check it carefully.", data: null },
    "provider_model_missing",
  ],
  [
    "SiliconFlow: balance",
    403,
    { code: 30001, message: "Sorry, your account balance is insufficient", data: null },
    "provider_out_of_credit",
  ],
  [
    "SiliconFlow: busy",
    503,
    { code: 50508, message: "System is too busy now. Please try again later.", data: null },
    "provider_failed",
  ],
  ["SiliconFlow: key", 401, "Invalid token", "provider_key_refused"],
  [
    "Zhipu: balance",
    429,
    { error: { code: "1113", message: "余额不足或无可用资源包,请充值。" } },
    "provider_out_of_credit",
  ],
  [
    "Moonshot: quota",
    429,
    openAi(null, "Your account is suspended", "exceeded_current_quota_error"),
    "provider_out_of_credit",
  ],
  [
    "Moonshot: too long",
    400,
    openAi(
      null,
      "Invalid request: Your request exceeded model token limit: 8192",
      "invalid_request_error",
    ),
    "context_too_long",
  ],
  [
    "Moonshot: filter",
    400,
    openAi(null, "The request was rejected because it was considered high risk", "content_filter"),
    "answer_filtered",
  ],
])("%s", (_, status, body, code) => {
  expect(classifyProviderError({ status, body }, 0).code).toBe(code);
});

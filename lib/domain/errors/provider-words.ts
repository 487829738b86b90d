// What the dialects call the same thing. Codes first, since they are made for this; words where a
// server has nothing else. Sources are the error tables of OpenAI, Azure OpenAI, DeepSeek, DashScope,
// Volcengine Ark, SiliconFlow, Moonshot, Zhipu and Anthropic, and the code of vLLM, Ollama and
// llama.cpp.

/** Billing, not pace: waiting does not help. */
export const creditWords =
  /insufficient_quota|credit_balance_exhausted|spend_limit_exceeded|organization_usage_limit_exceeded|billing_hard_limit_reached|billing_not_active|exceeded_current_quota|insufficient[ _-]?(?:account[ _-]?)?(?:balance|credit|funds)|balance is insufficient|credit balance is too low|requires more credits|arrearage|accountoverdue|allocationquota\.freetieronly|setlimitexceeded|余额不足|欠费/i;

/** Codes of SiliconFlow (30001) and Zhipu (1113) that say the same in a number. */
export const creditCodes = new Set(["30001", "1113"]);

export const tooLongWords =
  /context_length_exceeded|exceed_context_size|maximum context length|(?:prompt|input|request|messages?)[^.]{0,30} (?:is |are )?too (?:long|large)|exceeds? the (?:available |maximum |model's )?context|exceeded model token limit|range of input length|context window|max_total_tokens|string_above_max_length|prompt 超长|longer than the (?:model's )?(?:maximum|context)|exceeds the maximum allowed length|context length is only/i;

export const missingModelWords =
  /model_not_found|modelnotfound|invalidendpointormodel|modelnotopen|deploymentnotfound|model[^.]{0,80}(?:does not exist|not found|not exist|not supported|is not available|has been decommissioned|deprecated)|no such model|unknown model|invalid model|模型不存在/i;

/** SiliconFlow's and Zhipu's numbers for a model that is not there. */
export const missingModelCodes = new Set(["20012", "1211"]);

/** The provider's content policy, told as an error: Azure, DashScope, Ark, Moonshot, Zhipu. */
export const filteredWords =
  /content_filter|responsibleaipolicyviolation|content_policy_violation|data_?inspection_?failed|sensitivecontent|considered high risk|inappropriate content/i;
export const filteredCodes = new Set(["1301"]);

export const rateWords =
  /rate_limit|ratelimit|slow_down|too_many_requests|toomanyrequests|throttling|rate_limit_reached/i;

/** Names of a fault at the provider in an error object without a status. */
export const overloadedWords =
  /overloaded|server_error|internal_?error|service_?unavailable|timeout|unavailable_error|system is too busy/i;

export const keyWords =
  /invalid_api_key|invalidapikey|incorrect api key|authentication_error|invalid api[- ]key/i;

/** Why a model stopped; `error` when the provider gave up without saying so in an error. */
export type FinishReason = "stop" | "length" | "content_filter" | "tool_calls" | "error" | "other";

const names: Record<string, FinishReason> = {
  stop: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  eos: "stop",
  eos_token: "stop",
  length: "length",
  max_tokens: "length",
  // Mistral
  model_length: "length",
  model_context_window_exceeded: "length",
  content_filter: "content_filter",
  // Zhipu, Gemini behind a gateway, Anthropic behind a gateway
  sensitive: "content_filter",
  safety: "content_filter",
  recitation: "content_filter",
  prohibited_content: "content_filter",
  refusal: "content_filter",
  tool_calls: "tool_calls",
  tool_use: "tool_calls",
  function_call: "tool_calls",
  error: "error",
  server_error: "error",
  network_error: "error",
  // DeepSeek
  insufficient_system_resource: "error",
  // vLLM, when the request was dropped
  abort: "error",
};

/** A dialect's word for the end of an answer; null when it is none, which is not the same as `other`. */
export function readFinishReason(value: unknown): FinishReason | null {
  if (typeof value !== "string" || value === "" || value === "null") return null;
  return names[value.toLowerCase()] ?? "other";
}

const strength: readonly FinishReason[] = [
  "other",
  "stop",
  "tool_calls",
  "length",
  "error",
  "content_filter",
];

/** Of several reasons the one that must not be hidden: Azure's filter may strike after `stop`. */
export function strongerReason(one: FinishReason | null, other: FinishReason): FinishReason {
  return one !== null && strength.indexOf(one) > strength.indexOf(other) ? one : other;
}

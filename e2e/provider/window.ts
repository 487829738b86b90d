import type { ChatRequest } from "./chat-request";
import { makeErrorBody } from "./error-body";
import { countHungryTokens, countTokens } from "./tokens";

/** The window of a model, in its own tokens. */
export type ModelWindow = {
  tokens: number;
  /** Its tokenizer knows little Chinese: two tokens for each character. */
  isHungry: boolean;
  /** It refuses without saying how much was too much. */
  isSilent: boolean;
};

const suffix = /@(\d{3,7})(c?)(s?)(?=$|[~!])/;

/** `plain@2000` is `plain` with a window of 2,000 tokens; `c` and `s` behind it as ModelWindow has them. */
export function readWindow(model: string): { name: string; window: ModelWindow | null } {
  const [all, tokens, hungry, silent] = suffix.exec(model) ?? [];
  if (all === undefined) return { name: model, window: null };
  const window = { tokens: Number(tokens), isHungry: hungry === "c", isSilent: silent === "s" };
  return { name: model.replace(suffix, ""), window };
}

// What chat templates put around each message, before the answer, and in place of an image.
const messageOverhead = 5;
const replyOverhead = 3;
const imageTokens = 300;

// A long talk brings the same messages again with every turn.
const mostKnown = 4_000;
const known = new Map<string, number>();

function countOnce(text: string, isHungry: boolean): number {
  const name = (isHungry ? "c" : " ") + text;
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const tokens = isHungry ? countHungryTokens(text) : countTokens(text);
  known.set(name, tokens);
  return tokens;
}

/** Tokens of a prompt by the model's own count: all that is in its messages. */
export function countPrompt({ messages }: ChatRequest, { isHungry }: ModelWindow): number {
  const count = (text: string) => countOnce(text, isHungry);
  return messages.reduce((sum, { role: _role, content, ...rest }) => {
    const parts = typeof content === "string" ? [{ text: content }] : (content ?? []);
    const written = parts.map((part) => (part.text === undefined ? imageTokens : count(part.text)));
    const others = Object.keys(rest).length === 0 ? 0 : count(JSON.stringify(rest));
    return written.reduce((all, one) => all + one, sum + messageOverhead + others);
  }, replyOverhead);
}

/** What did not fit: the prompt, the answer that was asked for, and the window of them both. */
export type Overflow = { prompt: number; output: number; window: ModelWindow };

/** Says why a request does not fit its model, as strict servers do; null when it does. */
export function findOverflow(request: ChatRequest): Overflow | null {
  const { window } = readWindow(request.model);
  if (window === null) return null;
  const asked = request["max_completion_tokens"] ?? request["max_tokens"];
  const output = typeof asked === "number" ? asked : 0;
  const prompt = countPrompt(request, window);
  // Not even one token of an answer would have room.
  return prompt + Math.max(1, output) > window.tokens ? { prompt, output, window } : null;
}

/** The refusal in OpenAI's words. */
export function refuseInOpenAiWords(overflow: Overflow) {
  const { prompt, output, window } = overflow;
  const limit = `This model's maximum context length is ${String(window.tokens)} tokens.`;
  const words = window.isSilent
    ? "The input is too long for this model."
    : output === 0
      ? `${limit} However, your messages resulted in ${String(prompt)} tokens. Please reduce the length of the messages.`
      : `${limit} However, you requested ${String(prompt + output)} tokens (${String(prompt)} in the messages, ${String(output)} in the completion). Please reduce the length of the messages or completion.`;
  const code = window.isSilent ? null : "context_length_exceeded";
  return makeErrorBody(words, "invalid_request_error", code, "messages");
}

/** What a dialect of its own would complain of; null for OpenAI's words. */
export function describeOverflow(dialect: string, overflow: Overflow): string | null {
  const { prompt, output, window } = overflow;
  if (window.isSilent) return null;
  const limit = String(window.tokens);
  if (dialect === "dashscope")
    return `<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, ${limit}]`;
  if (dialect !== "vllm") return null;
  return prompt + 1 > window.tokens
    ? `This model's maximum context length is ${limit} tokens. However, your request has ${String(prompt)} input tokens. Please reduce the length of the input messages.`
    : `'max_tokens' or 'max_completion_tokens' is too large: ${String(output)}. This model's maximum context length is ${limit} tokens and your request has ${String(prompt)} input tokens (${String(output)} > ${limit} - ${String(prompt)}).`;
}

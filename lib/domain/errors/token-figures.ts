/** How long a conversation was and how long it may be, as far as the provider says. */
export type TokenFigures = {
  tokens?: number;
  limit?: number;
  /** Of `tokens`, those of the prompt alone: counted to its end, and without room for an answer. */
  promptTokens?: number;
};

const number = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,9})`;

// OpenAI and vLLM; Moonshot and DashScope; Anthropic; llama.cpp in its fields; SGLang; newer vLLM.
const limits = [
  `maximum context length (?:is|of) ${number}`,
  `token limit: ?${number}`,
  String.raw`input length should be \[\d+, ?${number}\]`,
  `> ${number} maximum`,
  `"n_ctx": ?${number}`,
  String.raw`context size \(${number}`,
  `max_total_tokens.{0,20}?${number}`,
  String.raw`context length \(${number} tokens`,
  String.raw`maximum allowed length \(${number} tokens`,
  `context length is only ${number} tokens`,
];
const lengths = [
  `resulted in ${number} tokens`,
  `requested (?:about )?${number} tokens`,
  `contains at least ${number} input tokens`,
  `prompt is too long: ${number} tokens`,
  `"n_prompt_tokens": ?${number}`,
  String.raw`request \(${number} tokens\)`,
  String.raw`input (?:length )?\(${number} tokens`,
  `requested a total of ${number} tokens`,
  `your request has ${number} input tokens`,
  `passed ${number} input tokens`,
];
// Some count what was asked for the answer too, and newer ones of vLLM stop counting at the limit.
const prompts = [
  String.raw`\(${number} in the messages`,
  `resulted in ${number} tokens`,
  `requested ${number} tokens in the messages`,
  `your request has ${number} input tokens`,
  `prompt is too long: ${number} tokens`,
  `"n_prompt_tokens": ?${number}`,
  String.raw`request \(${number} tokens\)`,
  String.raw`input (?:length )?\(${number} tokens`,
  `${number} tokens from the input messages`,
  `passed ${number} input tokens`,
];

/** Reads "N tokens of M" out of a provider's words; only figures ever leave them. */
export function readTokenFigures(words: string): TokenFigures {
  const tokens = firstFigure(lengths, words);
  const limit = firstFigure(limits, words);
  const promptTokens = firstFigure(prompts, words);
  return {
    ...(tokens === null ? {} : { tokens }),
    ...(limit === null ? {} : { limit }),
    ...(promptTokens === null ? {} : { promptTokens }),
  };
}

function firstFigure(patterns: readonly string[], words: string): number | null {
  for (const pattern of patterns) {
    const figure = new RegExp(pattern, "i").exec(words)?.[1];
    if (figure !== undefined) return Number(figure.replaceAll(",", ""));
  }
  return null;
}

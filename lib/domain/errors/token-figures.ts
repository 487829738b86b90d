/** How long a conversation was and how long it may be, as far as the provider says. */
export type TokenFigures = { tokens?: number; limit?: number };

const number = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,9})`;

// OpenAI and vLLM; Moonshot and DashScope; Anthropic; llama.cpp in its fields.
const limits = [
  `maximum context length (?:is|of) ${number}`,
  `token limit: ?${number}`,
  String.raw`input length should be \[\d+, ?${number}\]`,
  `> ${number} maximum`,
  `"n_ctx": ?${number}`,
  String.raw`context size \(${number}`,
  `max_total_tokens.{0,20}?${number}`,
];
const lengths = [
  `resulted in ${number} tokens`,
  `requested (?:about )?${number} tokens`,
  `contains at least ${number} input tokens`,
  `prompt is too long: ${number} tokens`,
  `"n_prompt_tokens": ?${number}`,
  String.raw`request \(${number} tokens\)`,
];

/** Reads "N tokens of M" out of a provider's words; only figures ever leave them. */
export function readTokenFigures(words: string): TokenFigures {
  const tokens = firstFigure(lengths, words);
  const limit = firstFigure(limits, words);
  return {
    ...(tokens === null ? {} : { tokens }),
    ...(limit === null ? {} : { limit }),
  };
}

function firstFigure(patterns: readonly string[], words: string): number | null {
  for (const pattern of patterns) {
    const figure = new RegExp(pattern, "i").exec(words)?.[1];
    if (figure !== undefined) return Number(figure.replaceAll(",", ""));
  }
  return null;
}

/** Counts the tokens of a piece of text. */
export type CountPiece = (text: string, options: { disallowedSpecial: Set<string> }) => number;

let counter: CountPiece | null = null;
let loading: Promise<void> | null = null;

/** Counts by cl100k_base; null until that was loaded. */
export function cl100kCounter(): CountPiece | null {
  return counter;
}

/** Loads cl100k_base, which only OpenAI's older models need: it is a megabyte, and takes a while. */
export async function loadCl100k(): Promise<void> {
  loading ??= import("gpt-tokenizer/encoding/cl100k_base").then(({ countTokens }) => {
    counter = countTokens;
  });
  await loading;
}

const pieces = /\s*\p{Script=Han}{1,2}|\s*[^\s\p{Script=Han}]{1,6}|\s+/gu;

/** Cuts a text into pieces of about a token's size; joined, they are the text again. */
export function splitTokens(text: string): string[] {
  return text.match(pieces) ?? [];
}

export function countTokens(text: string): number {
  return splitTokens(text).length;
}

/** As a tokenizer counts that has no tokens for Chinese: two for each character. */
export function countHungryTokens(text: string): number {
  const others = text.replace(/\p{Script=Han}/gu, "");
  return countTokens(others) + (text.match(/\p{Script=Han}/gu) ?? []).length * 2;
}

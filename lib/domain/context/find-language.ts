const han = /\p{Script=Han}/gu;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const latin = /\p{Script=Latin}/gu;
const sampleCharacters = 1_000;

/** Which of our languages what we add to a text should be in. */
export function findLanguage(text: string): "en" | "zh" {
  const sample =
    text.slice(0, sampleCharacters) + text.slice(sampleCharacters).slice(-sampleCharacters);
  if (kana.test(sample)) return "en";
  const hanCount = sample.match(han)?.length ?? 0;
  // A Han character is about a word; code and names in Latin letters are part of Chinese texts.
  return hanCount * 4 > (sample.match(latin)?.length ?? 0) ? "zh" : "en";
}

import type { Locale } from "@/lib/contracts/preferences";

const han = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const letter = /\p{L}/u;

/**
 * The language to answer in: that of the newest text with any letters in it, else the locale.
 *
 * @param texts what the user wrote, newest first.
 */
export function detectDemoLanguage(texts: readonly string[], locale: Locale = "en"): Locale {
  const telling = texts.find((text) => letter.test(text));
  if (telling === undefined) return locale;
  // Japanese is written with Han characters too.
  return han.test(telling) && !kana.test(telling) ? "zh-CN" : "en";
}

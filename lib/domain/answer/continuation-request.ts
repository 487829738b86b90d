const han = /\p{Script=Han}/gu;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const latin = /\p{Script=Latin}/gu;

const english =
  "Your answer above was cut off. Go on exactly where it breaks off, even in the middle of a word, " +
  "a code block or a table. Repeat nothing that is there already, do not start again, and write no " +
  "introduction.";
const chinese =
  "上面的回答中途被截断了。请从断开的地方直接接着写，哪怕断在词语、代码块或表格中间。" +
  "不要重复已有的内容，不要从头再写，也不要加任何开场白。";

/** What a model is told so that it goes on with an answer that was cut, in the answer's language. */
export function requestContinuation(answer: string): string {
  const end = answer.slice(-2_000);
  if (kana.test(end)) return english;
  const hanCount = end.match(han)?.length ?? 0;
  // A Han character is about a word; code and names in Latin letters are part of Chinese texts.
  return hanCount * 4 > (end.match(latin)?.length ?? 0) ? chinese : english;
}

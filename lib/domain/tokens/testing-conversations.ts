import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/encoding/o200k_base";
import { countTokens as p50k } from "gpt-tokenizer/encoding/p50k_base";
import { countTokens as r50k } from "gpt-tokenizer/encoding/r50k_base";
import { countTokens as scripted } from "@/e2e/provider/tokens";

const byPiece = (count: (text: string) => number) => (text: string) => count(text);
const digits = /\d/g;
const figures = /\d+/g;
const matches = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Tokenizers of models that we know nothing of. */
export const tokenizers: Record<string, (text: string) => number> = {
  cl100k: byPiece((text) => cl100k(text)),
  p50k: byPiece((text) => p50k(text)),
  r50k: byPiece((text) => r50k(text)),
  scripted,
  "three bytes": (text) => Math.ceil(Buffer.byteLength(text) / 3),
  "single digits": (text) =>
    o200k(text.replace(figures, "1")) + matches(text, digits) - matches(text, figures),
  "hungry for Han": (text) => scripted(text) + matches(text, /\p{Script=Han}/gu) * 2,
};

const words = `the a water of harbour ships captain storm letter between winter because measure
  careful they remember, although nobody understood why. instruments were expensive; we returned
  home tomorrow (perhaps) and "quietly" considered international agreements concerning navigation`;
const phrases = `我们，今天，因为天气，港口，船长说：，没有人知道，国际协议，非常重要。，可是，他们已经出发了，
  温度是，请帮我，写一个，函数，这个问题，应该怎么，解决？，人工智能，改变，生活方式，其实，简单，的`;
const lines = `export function readTide(port: string): number {|  if (value === null) return 0;|
  const { metres, at } = await response.json();|    for (let index = 0; index < items.length; index++) {|}|
  // the highest of the day|return items.map((item) => item.value * 2.5);|<div className="card p-4">|
        sum += weights[index] ?? 0;|SELECT id, name FROM ports WHERE height > 3 ORDER BY name;`;
const emoji = "😀 👍🏽 🎉 👩‍👩‍👧 🇨🇳 ❤️ 🚀 ✨ 🤖".split(" ");

/** A sequence of numbers from 0 to 1 that is the same for the same seed. */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return state / 0x7f_ff_ff_ff;
  };
}

type Random = () => number;

function say(
  random: Random,
  pieces: readonly string[],
  joiner: string,
  characters: number,
): string {
  let text = "";
  while (text.length < characters) {
    const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
    text += piece + joiner;
    if (random() < 0.06) text += `${String(Math.floor(random() * 10 ** (random() * 7)))}${joiner}`;
    if (random() < 0.03) text += "\n\n";
  }
  return text;
}

/** Texts of a kind, of about so many characters. */
export const speakers: Record<string, (random: Random, characters: number) => string> = {
  Chinese: (random, characters) => say(random, phrases.split(/，\s*/), "", characters / 2),
  English: (random, characters) => say(random, words.split(/\s+/), " ", characters),
  code: (random, characters) =>
    say(
      random,
      lines.split("|\n").flatMap((line) => line.split("|")),
      "\n",
      characters,
    ),
  emoji: (random, characters) => say(random, [...emoji, "nice", "好"], "", characters / 4),
  figures: (random, characters) =>
    say(random, ["12", "3.14159", "2026-11-22", "1,000,000", "| 7 |", "€"], " ", characters),
};

/** A speaker who takes turns between the others. */
export function speakAll(random: Random, characters: number): string {
  const all = Object.values(speakers);
  return all[Math.floor(random() * all.length)]?.(random, characters) ?? "";
}

import { describe, expect, it } from "vitest";
import { ContinuationJoiner } from "./continuation";

/** The whole answer after a model went on like this, in these deltas. */
function join(before: string, ...deltas: string[]): string {
  const joiner = new ContinuationJoiner(before);
  return before + deltas.map((delta) => joiner.push(delta)).join("") + joiner.end();
}

describe("ContinuationJoiner", () => {
  it.each([
    [
      "the last words",
      "The quick fox jumps over the la",
      "quick fox jumps over the lazy dog.",
      "zy dog.",
    ],
    ["the last line", "One.\n2. Install No", "2. Install Node first.", "de first."],
    ["the last sentence", "It is old. It has many muse", "It has many museums.", "ums."],
    ["the last word", "It has many muse", "museums.", "ums."],
    ["all from the start", "It has many muse", "It has many museums.", "ums."],
    ["all of a very short answer", "The", "The answer is 4.", " answer is 4."],
    [
      "Chinese words",
      "滑动窗口是指每次只把最近的几轮对话发给模",
      "把最近的几轮对话发给模型。",
      "型。",
    ],
    ["a Chinese sentence", "这座城市很老。它有很多博", "它有很多博物馆。", "物馆。"],
    ["code", "```ts\nfunction add() {\n  return le", "  return left + right;", "ft + right;"],
    ["nothing", "It is a long", " story.", " story."],
  ])("drops what a model says again: %s", (_, before, said, rest) => {
    expect(join(before, said)).toBe(before + rest);
    expect(join(before, ...Array.from(said))).toBe(before + rest);
  });

  it.each([
    ["the same short word", "…of the", " the cat", "…of the the cat"],
    ["the same short word without a space", "said the", "the cat", "said thethe cat"],
    ["a bracket", "if (a) {\n  if (b) {\n  }\n", "}\n", "if (a) {\n  if (b) {\n  }\n}\n"],
    ["brackets and dashes", "| --- | --- |\n", "| --- | --- |\n", "| --- | --- |\n| --- | --- |\n"],
    ["a list number", "1. one\n1", "1. eleven", "1. one\n11. eleven"],
    ["digits", "The number is 33", "333", "The number is 33333"],
    ["an ellipsis", "and so on", "… and further", "and so on… and further"],
    ["a preamble", "It is old", "Continuing: and big", "It is oldContinuing: and big"],
    ["Chinese doubling", "他笑了，哈", "哈大笑", "他笑了，哈哈大笑"],
    [
      "another text of the same start",
      "One two three. Four five",
      "One two six.",
      "One two three. Four fiveOne two six.",
    ],
  ])("keeps what only looks like a repetition: %s", (_, before, said, whole) => {
    expect(join(before, said)).toBe(whole);
    expect(join(before, ...Array.from(said))).toBe(whole);
  });

  it("does not mind white space at the seam", () => {
    const before = "A first line of the answer.\n\n";
    expect(join(before, "\nA first line of the answer.\n\nA second.")).toBe(
      "A first line of the answer.\n\nA second.",
    );
    expect(join(before, "A first line of the answer.", "\n", "\n", "A second.")).toBe(
      "A first line of the answer.\n\nA second.",
    );
    expect(join("It is ", " big")).toBe("It is  big");
  });

  it("lets through at once what is new, and everything behind the seam", () => {
    const joiner = new ContinuationJoiner("It has many muse");
    expect(joiner.push("ums")).toBe("ums");
    expect(joiner.push("It has many muse")).toBe("It has many muse");
    expect(new ContinuationJoiner("").push("Hello")).toBe("Hello");
  });

  it("gives back everything at the end when it never became clear", () => {
    expect(join("It has many museums", "It has")).toBe("It has many museumsIt has");
    expect(join("It has many museums", " ")).toBe("It has many museums ");
  });

  it("joins any answer cut anywhere, however much is said again and however it is cut", () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = randomFrom(seed);
      const answer = writeAnswer(random);
      const cut = 1 + Math.floor(random() * (answer.length - 1));
      const before = answer.slice(0, cut);
      const again = [0, Math.min(cut, 40 + Math.floor(random() * 3_000)), cut][seed % 3] ?? 0;
      const said = answer.slice(cut - again);
      const deltas = cutUp(said, random);
      expect(join(before, ...deltas), `seed ${String(seed)}`).toBe(answer);
    }
  });

  it("takes linear time, also where everything looks alike", () => {
    const before = "ab".repeat(200_000);
    const startedMs = performance.now();
    const joined = join(before, ...Array.from({ length: 20_000 }, () => "ab"), "c");
    expect(joined.length).toBeGreaterThanOrEqual(before.length);
    join("x".repeat(100_000), "x".repeat(90_000), "y");
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Text in which no passage is there twice by chance: each word has its own number. */
function writeAnswer(random: () => number): string {
  const words = 20 + Math.floor(random() * 2_000);
  const gaps = [" ", " ", " ", ", ", ". ", "\n", "\n\n", "。", "，\n- "];
  return Array.from({ length: words }, (_, index) => {
    const word = random() < 0.3 ? "滑动窗口" : "lemma";
    return `${word}${String(index)}${gaps[Math.floor(random() * gaps.length)] ?? " "}`;
  })
    .join("")
    .trim();
}

function cutUp(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + 1 + Math.floor(random() * 30);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

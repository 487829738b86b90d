import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRuler } from "../tokens/ruler";
import { findFloor, shortenText } from "./shorten-text";
import { quickRuler } from "./testing-histories";

const ruler = makeRuler("gpt-5");
const count = (text: string) => ruler.measure(ruler.count(text));
const shorten = (text: string, tokens: number, keeps?: "tail") =>
  shortenText(text, tokens, count(text), ruler, keeps).text;

const english = "All happy families are alike; each unhappy family is unhappy in its own way.\n";
const chinese = "滚滚长江东逝水，浪花淘尽英雄。是非成败转头空，青山依旧在，几度夕阳红。\n";

const marks = /\[…… ?此处省略约 [\d,]+ 个 token……\]|\[… about [\d,]+ tokens left out …\]/;

describe("shortenText", { timeout: 60_000 }, () => {
  it("keeps head and tail, with a mark in the text's language", () => {
    const short = shorten(`First.\n${english.repeat(300)}Last.`, 200);
    expect(short).toMatch(/^First\./);
    expect(short).toMatch(/Last\.$/);
    expect(short).toMatch(/\n\n\[… about 4,\d00 tokens left out …\]\n\n/);
    expect(count(short)).toBeLessThanOrEqual(200);
    expect(count(short)).toBeGreaterThan(150);
    expect(shorten(chinese.repeat(300), 200)).toMatch(/\n\n\[……此处省略约 [\d,]+ 个 token……\]\n\n/);
  });

  it("cuts at the end of lines and words", () => {
    const [head = "", tail = ""] = shorten(english.repeat(300), 300).split(marks);
    expect(head.trimEnd()).toMatch(/(?:own way\.|\w;?)$/);
    for (const side of [head, tail]) expect(english.repeat(300)).toContain(side.trim());
    expect(tail.trimStart()).toMatch(/^All happy/);
  });

  it("leaves the end of an answer that goes on as it is", () => {
    const text = `${english.repeat(300)}and then he sa`;
    const short = shorten(text, 200, "tail");
    expect(short).toMatch(/^\[…/);
    expect(short).toMatch(/and then he sa$/);
  });

  it("splits neither pairs nor characters that are made of several", () => {
    const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    const family = "👨‍👩‍👧‍👦";
    for (let tokens = findFloor(ruler); tokens < findFloor(ruler) + 40; tokens += 1) {
      const [head = "", tail = ""] = shorten(family.repeat(80), tokens).split(marks);
      for (const side of [head.trim(), tail.trim()]) {
        expect(side.isWellFormed()).toBe(true);
        for (const { segment } of clusters.segment(side)) expect(segment).toBe(family);
      }
    }
  });

  it("is no longer than it may be, and more tokens keep no less", () => {
    const parts = fc.constantFrom(english, chinese, "👨‍👩‍👧‍👦🇨🇳", "𠮷", "word ", "x", "\n", "é̂");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(parts, fc.integer({ min: 1, max: 200 })), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (pieces, over, more) => {
          const text = pieces.map(([piece, times]) => piece.repeat(times)).join("");
          const whole = quickRuler.measure(quickRuler.count(text));
          const tokens = findFloor(quickRuler) + over;
          if (whole <= tokens + more) return;
          const cut = (to: number) => {
            const { text: short, counts } = shortenText(text, to, whole, quickRuler);
            expect(quickRuler.measure(quickRuler.count(short))).toBeLessThanOrEqual(to);
            expect(quickRuler.measure(counts)).toBeLessThanOrEqual(to);
            const [head = "", tail = ""] = short.split(marks);
            expect(text.startsWith(head.slice(0, -2))).toBe(true);
            expect(text.endsWith(tail.slice(2))).toBe(true);
            return { head: head.length, tail: tail.length };
          };
          const [less, greater] = [cut(tokens), cut(tokens + more)];
          expect(greater.head).toBeGreaterThanOrEqual(less.head);
          expect(greater.tail).toBeGreaterThanOrEqual(less.tail);
        },
      ),
      { numRuns: 2_000, endOnFailure: true },
    );
  });

  it("takes a giant of 400,000 characters in its stride", () => {
    for (const text of [english.repeat(5_200), chinese.repeat(11_000), "a".repeat(400_000)]) {
      const whole = count(text);
      const startedMs = performance.now();
      expect(count(shortenText(text, 30_000, whole, ruler).text)).toBeLessThanOrEqual(30_000);
      // Some 10 to 130 ms on an idle core; counting each cut anew would take minutes.
      expect(performance.now() - startedMs).toBeLessThan(3_000);
    }
  });
});

import { describe, expect, it } from "vitest";
import type { Calibration } from "@/lib/contracts/calibration";
import type { TokenCounts } from "@/lib/contracts/context";
import { plainCalibration } from "./calibration";
import { countText } from "./count-text";
import { expectWeights } from "./expected-weights";
import { learnReport } from "./learn-report";
import { makeRuler } from "./ruler";
import { sumCounts } from "./sum-counts";
import { makeRandom, speakAll, speakers, tokenizers } from "./testing-conversations";

type Said = { counts: TokenCounts; tokens: number };

const model = "some-model";
const expected = expectWeights(model);

/** What the plan would say of a prompt. */
function measure(sent: readonly Said[], calibration: Calibration, name = model): number {
  const ruler = makeRuler(name, calibration);
  return sent.reduce(
    (sum, { counts }) => sum + ruler.measure(counts) + ruler.perMessage,
    ruler.perCall,
  );
}

const learn = (known: Calibration, sent: readonly Said[], tokens: number) =>
  learnReport(
    known,
    { counts: sumCounts(sent.map(({ counts }) => counts)), messages: sent.length, tokens },
    expected,
  );

type Talk = {
  count: (text: string) => number;
  speak: (random: () => number, characters: number) => string;
  /** Tokens that the provider adds to each call. */
  hidden?: number;
  /** Messages that go along at most. */
  reach?: number;
  seed?: number;
};

/** Talks for 60 turns. @returns how far off the plan was in parts, after the first 20. */
function talk({ count, speak, hidden = 0, reach = Infinity, seed = 1 }: Talk): number[] {
  const random = makeRandom(seed);
  const say = (characters: number): Said => {
    const text = speak(random, characters);
    return { counts: countText(text), tokens: count(text) };
  };
  let calibration = plainCalibration;
  const history: Said[] = [];
  const off: number[] = [];
  for (let turn = 1; turn <= 60; turn += 1) {
    history.push(say(20 + 1_500 * random() ** 3));
    const sent = history.slice(-Math.min(reach, history.length));
    const tokens = sent.reduce((sum, message) => sum + message.tokens + 5, 3 + hidden);
    if (turn > 20) off.push(measure(sent, calibration) / tokens - 1);
    calibration = learn(calibration, sent, tokens);
    history.push(say(100 + 1_200 * random()));
  }
  return off;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(Object.entries(tokenizers))("a model that counts by %s", (_, count) => {
  it.each([...Object.entries(speakers), ["all of them", speakAll] as const])(
    "is never measured more than 2 % low after 20 turns: %s",
    (_kind, speak) => {
      // A conversation that grows, and one of which the last ten rounds go along.
      for (const given of [{}, { hidden: 700, reach: 21, seed: 2 }]) {
        const off = talk({ count, speak, ...given });
        expect(Math.min(...off)).toBeGreaterThan(-0.02);
        expect(mean(off)).toBeLessThan(0.15);
      }
    },
  );
});

describe("learnReport", () => {
  const english: Said = (() => {
    const text = "The ships that left the harbour in winter were never seen again. ".repeat(60);
    return { counts: countText(text), tokens: 780 };
  })();
  const off = (calibration: Calibration, tokens: number) =>
    measure([english], calibration) / tokens - 1;
  const learnTimes = (times: number, tokens: number, from = plainCalibration) =>
    Array.from({ length: times }).reduce<Calibration>(
      (known) => learn(known, [english], tokens),
      from,
    );

  it("believes the first report, and comes close with it", () => {
    const once = learnTimes(1, 1_500);
    expect(off(once, 1_500)).toBeGreaterThan(-0.02);
    expect(off(once, 1_500)).toBeLessThan(0.08);
    expect(off(learnTimes(1, 500), 500)).toBeLessThan(0.08);
  });

  it.each([0, -5, Number.NaN, Infinity, 1.5, 1e12, 40_000, 90])(
    "learns nothing from a report of %s",
    (tokens) => {
      const known = learnTimes(10, 780);
      expect(learn(known, [english], tokens)).toBe(known);
      expect(learn(plainCalibration, [english], tokens)).toBe(plainCalibration);
    },
  );

  it("corrects what was too low at once, and what was too high slowly", () => {
    const known = learnTimes(30, 780);
    const higher = learnTimes(3, 1_000, known);
    expect(off(higher, 1_000)).toBeGreaterThan(-0.02);
    const lower = learnTimes(3, 600, known);
    expect(off(lower, 600)).toBeGreaterThan(0.08);
    expect(off(learnTimes(300, 600, known), 600)).toBeLessThan(0.1);
  });

  it("is not carried away by one odd report", () => {
    const known = learnTimes(30, 780);
    expect(off(learnTimes(1, 3_000, known), 780)).toBeLessThan(0.5);
    expect(off(learnTimes(1, 200, known), 780)).toBeGreaterThan(-0.02);
    // Nor for long.
    expect(off(learnTimes(40, 780, learnTimes(1, 3_000, known)), 780)).toBeLessThan(0.15);
  });

  it("stays safe where cached tokens are missing from some reports", () => {
    let known = learnTimes(10, 780);
    for (let turn = 0; turn < 30; turn += 1) {
      known = learn(known, [english], turn % 2 === 0 ? 400 : 780);
      if (turn > 4) expect(off(known, 780)).toBeGreaterThan(-0.1);
    }
  });

  it("does not take what a provider adds to a short prompt for the length of its tokens", () => {
    const hello: Said = { counts: countText("Hello there, how are you?"), tokens: 7 };
    let known = plainCalibration;
    for (let turn = 0; turn < 20; turn += 1) known = learn(known, [hello], 7 + 7 + 600);
    expect(off(known, 780 + 600)).toBeGreaterThan(-0.02);
    expect(off(known, 780 + 600)).toBeLessThan(0.25);
  });

  it("keeps what it knows of one script while another is spoken", () => {
    const { r50k = countCharacters } = tokenizers;
    const han = "我们昨天去了公园，天气很好，孩子们玩得非常开心。".repeat(40);
    const chinese: Said = { counts: countText(han), tokens: r50k(han) };
    let known = plainCalibration;
    for (let turn = 0; turn < 20; turn += 1) known = learn(known, [chinese], chinese.tokens + 8);
    known = learnTimes(500, 780, known);
    expect(measure([chinese], known) / chinese.tokens).toBeGreaterThan(0.9);
  });

  it("is kept in less than a kilobyte", () => {
    expect(JSON.stringify(learnTimes(50, 780)).length).toBeLessThan(1_000);
  });
});

const countCharacters = (text: string) => text.length;

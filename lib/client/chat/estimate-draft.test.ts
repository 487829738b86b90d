import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countTokens } from "@/lib/domain/tokens/count-text";
import { estimateDraft } from "./estimate-draft";

const english = `Tides are caused by the pull of the moon and, to a lesser degree, of the sun. On most
coasts the water rises and falls twice in a day; where bays are long and narrow, as in Fundy, the
difference may exceed sixteen metres. Fishermen have kept tables of them since the Middle Ages.`;
const chinese = `潮汐是由月球和太阳的引力引起的。大多数海岸每天会有两次涨潮和两次落潮；在狭长的海湾里，
潮差有时会超过十六米。早在中世纪，渔民们就开始记录潮汐的时间，并把这些经验一代一代地传了下来。
如今，人们用计算机来预测潮位，港口的船只据此安排进出的时刻。`;
const code = `export async function readTides(port: string, days = 7): Promise<Tide[]> {
  const response = await fetch(\`/api/tides/\${encodeURIComponent(port)}?days=\${days}\`);
  if (!response.ok) throw new Error("no tides: " + response.status);
  const { tides } = (await response.json()) as { tides: RawTide[] };
  return tides.map(({ at, metres }) => ({ at: new Date(at), heightMetres: metres }));
}`;

describe("estimateDraft", () => {
  it.each(Object.entries({ english, chinese, code, mixed: english + chinese + code }))(
    "is within a fifth of the tokenizer's count: %s",
    (_, text) => {
      const share = estimateDraft(text) / countTokens(text);
      expect(share).toBeGreaterThan(0.8);
      expect(share).toBeLessThan(1.2);
    },
  );

  it("is as close for a long text, of which it reads a part", () => {
    const long = `${english}\n\n${chinese}\n\n${code}\n\n`.repeat(400).slice(0, 400_000);
    const share = estimateDraft(long) / countTokens(long);
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1.2);
  });

  it("takes less than 2 ms for 400,000 characters", () => {
    const long = chinese.repeat(4_000).slice(0, 400_000);
    const timesMs = Array.from({ length: 15 }, () => {
      const startedAt = performance.now();
      estimateDraft(long);
      return performance.now() - startedAt;
    });
    expect(timesMs.toSorted((one, other) => one - other)[7]).toBeLessThan(2);
  });

  it("knows emoji and nothing", () => {
    expect(estimateDraft("")).toBe(0);
    expect(estimateDraft("😀👍🏽🎉")).toBeGreaterThan(4);
    expect(estimateDraft("\ud83d")).toBeGreaterThan(0);
  });

  it("brings no tokenizer into the browser", () => {
    const source = readFileSync(new URL("./estimate-draft.ts", import.meta.url), "utf8");
    expect(source).not.toMatch(/^import/m);
  });
});

import { describe, expect, it } from "vitest";
import { makeRuler } from "../tokens/ruler";
import { branchOf, fates, planOf, policyOf, say, sentIds, summaryOf } from "./testing-plans";

// What happened to other products of this kind.
describe("old bugs do not come back", () => {
  it("Chinese is not counted as characters / 4", () => {
    const ruler = makeRuler("qwen-max");
    const text = "请把下面这段会议记录整理成要点，并列出每个人的待办事项和截止日期。".repeat(40);
    const branch = [say("new", text, { counts: ruler.count(text) })];
    const { parts } = planOf({ branch, room: { ruler } });
    expect(parts.draft).toBeGreaterThan(text.length / 2);
  });

  it("the window is the model's: history is neither cut too early nor never", () => {
    const branch = branchOf(100, 100);
    expect(sentIds(planOf({ branch, room: { window: 32_000 } }))).toHaveLength(201);
    const plan = planOf({ branch, room: { window: 8_000 } });
    expect(plan.inputTokens).toBeLessThanOrEqual(7_900);
    expect(plan.inputTokens).toBeGreaterThan(7_600);
    expect(plan.parts.free).toBe(8_000 - 100 - plan.inputTokens);
  });

  it("a summary stands behind the system prompt, never in its place", () => {
    for (const window of [100_000, 400]) {
      const summary = summaryOf("a3", "They talked about it at length. ".repeat(30));
      const plan = planOf({ summary, policy: policyOf("summary"), room: { window } });
      expect(plan.system).toMatch(/^Be brief\.\n\nSummary of the earlier conversation:\n/);
    }
  });

  it("without a summary, because one failed, older history still goes along", () => {
    expect(sentIds(planOf({ policy: policyOf("summary") }))).toHaveLength(11);
  });

  it("recent messages are kept on every turn after summarising, not only on the first", () => {
    const policy = policyOf("summary");
    for (let rounds = 5; rounds < 25; rounds += 1) {
      const plan = planOf({ branch: branchOf(rounds), policy, summary: summaryOf("a3") });
      const last = [rounds - 1, rounds].flatMap((at) => [`u${String(at)}`, `a${String(at)}`]);
      expect(sentIds(plan)).toEqual(expect.arrayContaining([...last, "new"]));
      expect(sentIds(plan)[0]).toBe("u4");
      expect(fates(plan).filter((fate) => fate.includes("left_out"))).toEqual([]);
    }
  });

  it("a tool's call never parts from its result, however little room there is", () => {
    const result = "It is 21 °C and sunny in Hangzhou. ".repeat(50);
    const toolUses = [{ id: "c1", name: "weather", arguments: '{"city":"杭州"}', result }];
    const branch = branchOf(4, 30).map((message) =>
      message.role === "assistant" ? { ...message, toolUses } : message,
    );
    for (let window = 200; window < 4_000; window += 50) {
      const { sent } = planOf({ branch, room: { window } });
      for (const { role, toolUses: uses } of sent) {
        expect(uses).toHaveLength(role === "assistant" ? 1 : 0);
        for (const use of uses) {
          expect(use).toMatchObject({ id: "c1", arguments: '{"city":"杭州"}' });
          expect(use.result).toMatch(/^It is 21/);
        }
      }
    }
  });

  it("one giant message is cut with a mark, and not sent whole or not at all", () => {
    const paste = `Log of Monday:\n${"07:00 GET /api 200\n".repeat(20_000)}Why is it slow?`;
    const plan = planOf({
      branch: [...branchOf(2).slice(0, -1), say("new", paste)],
      room: { window: 8_000 },
    });
    expect(plan.inputTokens).toBeLessThanOrEqual(7_900);
    expect(plan.sent).toHaveLength(1);
    expect(plan.sent[0]?.text).toMatch(/^Log of Monday:/);
    expect(plan.sent[0]?.text).toMatch(/\[… about [\d,]+ tokens left out …\]/);
    expect(plan.sent[0]?.text).toMatch(/Why is it slow\?$/);
    expect(fates(plan).at(-1)).toBe("new shortened too_long");
  });

  it("the gauge's parts are parts of the model's window, and not of a limit of our own", () => {
    for (const kind of ["rounds", "tokens", "window", "summary"] as const) {
      const { parts, window } = planOf({ policy: policyOf(kind), room: { window: 64_000 } });
      expect(window).toBe(64_000);
      const sum = Object.values(parts).reduce<number>((all, tokens) => all + (tokens ?? 0), 0);
      expect(sum).toBe(64_000);
    }
  });
});

import { describe, expect, it } from "vitest";
import { plainBranchContext } from "@/lib/contracts/context";
import { planContext } from "./plan";
import { quickRuler } from "./testing-histories";
import { branchOf, fates, planOf, policyOf, say, sentIds, summaryOf } from "./testing-plans";

const lastTwo = ["u4", "a4", "u5", "a5", "new"];
const all = branchOf(5).map(({ id }) => id);

describe("a policy", () => {
  it("keeps the last N rounds, and says why the others stay out", () => {
    const plan = planOf({ policy: policyOf("rounds") });
    expect(sentIds(plan)).toEqual(lastTwo);
    expect(plan.firstSentId).toBe("u4");
    expect(fates(plan).slice(5, 8)).toEqual([
      "a3 left_out over_rounds",
      "u4 kept within_policy",
      "a4 kept within_policy",
    ]);
    expect(fates(plan).at(-1)).toBe("new kept newest");
  });

  it("does not count a round that was left out by hand as one of N", () => {
    const marks = { u5: "excluded", a5: "excluded", u4: "excluded" } as const;
    const plan = planOf({ policy: policyOf("rounds"), context: { marks } });
    expect(sentIds(plan)).toEqual(["u3", "a3", "a4", "new"]);
    expect(fates(plan).slice(-4)).toEqual([
      "a4 kept within_policy",
      "u5 left_out excluded",
      "a5 left_out excluded",
      "new kept newest",
    ]);
    expect(plan.firstSentId).toBe("u3");
  });

  it("keeps as much as a number of tokens holds, all that is sent included", () => {
    const branch = branchOf(10, 100);
    const plan = planOf({ branch, policy: policyOf("tokens") });
    expect(sentIds(plan)).toEqual(["u9", "a9", "u10", "a10", "new"]);
    expect(plan.inputTokens).toBeLessThanOrEqual(500);
    expect(fates(plan)[0]).toBe("u1 left_out over_tokens");
    const small = planOf({ branch, policy: policyOf("tokens"), room: { window: 400 } });
    expect(fates(small)[0]).toBe("u1 left_out over_window");
  });

  it("sends a question that is longer than the policy's tokens, and nothing else", () => {
    const branch = [...branchOf(2).slice(0, -1), say("new", "x".repeat(3_000))];
    const plan = planOf({ branch, policy: policyOf("tokens") });
    expect(sentIds(plan)).toEqual(["new"]);
    expect(plan.sent[0]?.text).toHaveLength(3_000);
  });

  it("keeps all that fits the window", () => {
    expect(sentIds(planOf())).toEqual(all);
    const plan = planOf({ room: { window: 190 } });
    expect(sentIds(plan)).toEqual(lastTwo);
    expect(fates(plan)[0]).toBe("u1 left_out over_window");
  });

  it("holds to a number of tokens where no window is known", () => {
    const branch = branchOf(10, 100);
    const plan = planOf({ branch, room: { window: null } });
    expect(sentIds(plan)).toEqual(["u9", "a9", "u10", "a10", "new"]);
    expect(plan.parts.free).toBeNull();
    const rounds = planOf({
      branch,
      room: { window: null },
      policy: policyOf("rounds", { rounds: 9 }),
    });
    expect(sentIds(rounds)).toHaveLength(19);
    const named = policyOf("summary", { rounds: 4 });
    const summary = planOf({ branch, room: { window: null }, policy: named });
    expect(sentIds(summary)).toHaveLength(9);
  });
});

describe("a summary", () => {
  const policy = policyOf("summary");

  it("stands for what it covers, and what lies between it and the last rounds goes whole", () => {
    const plan = planOf({ policy, summary: summaryOf("a2") });
    expect(fates(plan).slice(0, 5)).toEqual([
      "u1 summarised summarised",
      "a1 summarised summarised",
      "u2 summarised summarised",
      "a2 summarised summarised",
      "u3 kept within_policy",
    ]);
    expect(plan.system).toBe("Be brief.\n\nSummary of the earlier conversation:\nWhat was said.");
    expect(plan.firstSentId).toBe("u3");
  });

  it("covers what comes before an answer without text, where it ends with one", () => {
    const spokenBefore = new Map([["failed", "a2"]]);
    const plan = planOf({ policy, summary: summaryOf("failed"), spokenBefore });
    expect(fates(plan)[3]).toBe("a2 summarised summarised");
    expect(sentIds(plan)[0]).toBe("u3");
  });

  it("is framed in its language", () => {
    const summary = summaryOf("a2", "用户想学做菜，已经讨论了红烧肉。");
    expect(planOf({ policy, summary, system: null }).system).toBe(
      "此前对话的摘要：\n用户想学做菜，已经讨论了红烧肉。",
    );
  });

  it("keeps the last rounds word for word even where it covers them", () => {
    expect(sentIds(planOf({ policy, summary: summaryOf("a5") }))).toEqual(lastTwo);
  });

  it("goes along only where the policy says so, unless it came from another conversation", () => {
    expect(planOf({ summary: summaryOf("a2") }).summary).toBeNull();
    const carried = planOf({ summary: summaryOf(null) });
    expect(carried.summary?.text).toBe("What was said.");
    expect(sentIds(carried)).toEqual(all);
  });

  it("stays away when it is switched off: the last rounds are all", () => {
    const plan = planOf({ policy, summary: summaryOf("a2"), context: { isSummaryOff: true } });
    expect(plan.system).toBe("Be brief.");
    expect(fates(plan)[0]).toBe("u1 left_out over_rounds");
    expect(sentIds(plan)).toEqual(lastTwo);
  });
});

describe("marks and start", () => {
  it("keep what is pinned, over rounds and although a summary covers it", () => {
    const context = { marks: { u1: "pinned", a1: "pinned" } } as const;
    const plan = planOf({ policy: policyOf("rounds"), context });
    expect(sentIds(plan)).toEqual(["u1", "a1", ...lastTwo]);
    expect(fates(plan)[0]).toBe("u1 kept pinned");
    expect(plan.firstSentId).toBe("u4");
    const covered = planOf({ policy: policyOf("summary"), summary: summaryOf("a3"), context });
    expect(sentIds(covered)).toEqual(["u1", "a1", ...lastTwo]);
  });

  it("let nothing before the start go along, pinned or not", () => {
    const plan = planOf({ context: { startId: "u4", marks: { u1: "pinned" } } });
    expect(sentIds(plan)).toEqual(lastTwo);
    expect(fates(plan)[0]).toBe("u1 left_out before_start");
    expect(plan.firstSentId).toBe("u4");
  });

  it("never keep the newest message out", () => {
    const plan = planOf({ context: { marks: { new: "excluded" } } });
    expect(sentIds(plan).at(-1)).toBe("new");
  });
});

describe("the order of cutting", () => {
  const use = { id: "c1", name: "read", arguments: "{}", result: "r".repeat(3_000) };
  const withTools = branchOf(5).map((message) =>
    message.id === "a1" || message.id === "a5" ? { ...message, toolUses: [use] } : message,
  );

  it("shortens results of old tools first, then drops the oldest rounds, the last two last", () => {
    const whole = planOf({ branch: withTools }).inputTokens;
    const plan = planOf({ branch: withTools, room: { window: whole + 99 } });
    expect(fates(plan).filter((fate) => !fate.endsWith("within_policy"))).toEqual([
      "a1 shortened tool_results",
      "new kept newest",
    ]);
    expect(plan.sent[1]?.toolUses[0]?.result).toMatch(/r\n\n\[… about [\d,]+ tokens left out …\]/);
    const tighter = planOf({ branch: withTools, room: { window: 1_210 } });
    expect(sentIds(tighter)).toEqual(lastTwo);
    expect(tighter.sent[3]?.toolUses).toEqual([use]);
    const tightest = planOf({ branch: withTools, room: { window: 500 } });
    expect(fates(tightest).at(-2)).toBe("a5 shortened tool_results");
  });

  it("then shortens the summary, then pinned messages, and the question last", () => {
    const summary = summaryOf(null, "We agreed on it. ".repeat(60));
    const branch = [
      say("u1", "Rules. ".repeat(100)),
      say("a1", "Fine. ".repeat(10)),
      say("new", "What now? ".repeat(60)),
    ];
    const states = (window: number) => {
      const given = { branch, summary, context: { marks: { u1: "pinned" } } as const };
      const plan = planOf({ ...given, room: { window } });
      const [u1, a1, newest] = plan.entries.map(({ state }) => state);
      const isSummaryWhole = plan.summary?.text === summary.text;
      return { summary: isSummaryWhole, u1, a1, newest };
    };
    expect(states(1_000)).toEqual({ summary: true, u1: "kept", a1: "kept", newest: "kept" });
    expect(states(920)).toEqual({ summary: true, u1: "kept", a1: "left_out", newest: "kept" });
    expect(states(800)).toEqual({ summary: false, u1: "kept", a1: "left_out", newest: "kept" });
    expect(states(560)).toEqual({
      summary: false,
      u1: "shortened",
      a1: "left_out",
      newest: "kept",
    });
    expect(states(450)).toMatchObject({ u1: "shortened", newest: "shortened" });
  });

  it("leaves pinned messages out, the oldest first, before the question loses its half", () => {
    const branch = branchOf(30, 20);
    const marks = Object.fromEntries(branch.map(({ id }) => [id, "pinned" as const]));
    const asked = [...branch.slice(0, -1), say("new", "x".repeat(3_000))];
    const plan = planOf({ branch: asked, context: { marks }, room: { window: 700 } });
    expect(fates(plan)[0]).toBe("u1 left_out over_window");
    expect(fates(plan).at(-2)).toBe("a30 kept pinned");
    expect(plan.entries.at(-1)?.sentTokens).toBeGreaterThan(290);
  });

  it("keeps the end of an answer that goes on, and what was asked", () => {
    const answer = say("a1", `${"So it goes. ".repeat(400)}and then he sa`);
    const branch = [say("u1", "Tell it."), answer, say("continuation", "Go on.")];
    const plan = planOf({ branch, newestCount: 3, room: { window: 600 } });
    expect(plan.sent[1]?.text).toMatch(/^\[… about [\d,]+ tokens left out …\]/);
    expect(plan.sent[1]?.text).toMatch(/and then he sa$/);
    expect(plan.sent[0]?.text).toBe("Tell it.");
    expect(plan.sent[2]?.text).toBe("Go on.");
  });

  it("refuses where the system prompt leaves no room, and says how much there is", () => {
    const input = {
      system: "x".repeat(3_000),
      summary: null,
      branch: [say("new", "Well?")],
      isWhole: true,
      newestCount: 1,
      policy: policyOf("window"),
      context: plainBranchContext,
      toolTokens: 0,
    };
    const room = { window: 900, reply: 100, ruler: quickRuler, sendsReasoning: false };
    expect(planContext(input, room)).toEqual({ tokens: 1_013, limit: 800 });
  });
});

describe("what is sent", () => {
  it("joins neighbours of one role, and says what they are made of", () => {
    const branch = [say("u1", "One."), say("u2", "Two."), say("a2", "Yes."), say("new", "Three?")];
    expect(planOf({ branch }).sent).toMatchObject([
      { id: "u1", ids: ["u1", "u2"], role: "user", text: "One.\n\nTwo." },
      { ids: ["a2"] },
      { ids: ["new"] },
    ]);
  });

  it("puts a few words of the user before an answer that would come first", () => {
    const { sent, parts } = planOf({ context: { startId: "a5" } });
    expect(sent.map(({ role, ids }) => [role, ids])).toEqual([
      ["user", []],
      ["assistant", ["a5"]],
      ["user", ["new"]],
    ]);
    expect(parts.history).toBeGreaterThan(14);
  });

  it("gives thoughts back only to models that want them, and counts them", () => {
    const branch = [say("u1"), say("a1", "Yes.", { reasoning: "Hm. ".repeat(30) }), say("new")];
    const plain = planOf({ branch });
    const given = planOf({ branch, room: { sendsReasoning: true } });
    expect(plain.sent[1]?.reasoning).toBe("");
    expect(given.sent[1]?.reasoning).toBe("Hm. ".repeat(30));
    expect(given.inputTokens - plain.inputTokens).toBe(40);
  });

  it("has parts that add up to the window", () => {
    const branch = [
      say("u1", "Look.", { imageTokens: 85 }),
      say("a1", "I see."),
      say("new", "And?", { imageTokens: 765 }),
    ];
    const { parts } = planOf({ branch, toolTokens: 50, summary: summaryOf(null) });
    expect(parts).toMatchObject({ tools: 50, files: 850, system: 7, draft: 9, reply: 100 });
    expect(Object.values(parts).reduce((sum: number, tokens) => sum + (tokens ?? 0), 0)).toBe(
      100_000,
    );
  });
});

describe("a conversation of 5,000 messages", () => {
  it("is planned in less than 20 ms, once its tokens are known", () => {
    const branch = branchOf(2_500, 60);
    const times = Array.from({ length: 40 }, () => {
      const startedMs = performance.now();
      planOf({ branch, room: { window: 128_000 } });
      return performance.now() - startedMs;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });
});

import { describe, expect, it } from "vitest";
import { planContext, splitIntoRounds, type PlanMessage } from "./plan";

function branchOf(rounds: number, tokens = 10): PlanMessage[] {
  const branch: PlanMessage[] = [];
  for (let round = 1; round <= rounds; round++) {
    const n = String(round);
    branch.push({ id: `u${n}`, role: "user", text: `question ${n}`, tokens });
    branch.push({ id: `a${n}`, role: "assistant", text: `answer ${n}`, tokens });
  }
  return [...branch, { id: "new", role: "user", text: "the new question", tokens }];
}

const system = { text: "Be brief.", tokens: 5 };
const keptIds = (plan: ReturnType<typeof planContext>) =>
  plan.entries.filter((entry) => entry.isKept).map((entry) => entry.message.id);

describe("planContext", () => {
  it("keeps everything while both limits hold", () => {
    const plan = planContext(system, branchOf(2), { rounds: 10, tokens: 1000 });
    expect(keptIds(plan)).toEqual(["u1", "a1", "u2", "a2", "new"]);
    expect(plan.totalTokens).toBe(55);
  });

  it("keeps the last N rounds and says why the older ones are left out", () => {
    const plan = planContext(system, branchOf(5), { rounds: 2, tokens: 1000 });
    expect(keptIds(plan)).toEqual(["u4", "a4", "u5", "a5", "new"]);
    expect(plan.entries[0]).toMatchObject({ isKept: false, reason: "over_rounds" });
  });

  it("stops at the token limit, never splitting a round", () => {
    const plan = planContext(system, branchOf(5), { rounds: 10, tokens: 50 });
    expect(keptIds(plan)).toEqual(["u5", "a5", "new"]);
    expect(plan.totalTokens).toBe(35);
    expect(plan.entries[0]).toMatchObject({ isKept: false, reason: "over_tokens" });
  });

  it("does not reach over a round that does not fit to an older one that would", () => {
    const branch = branchOf(3);
    const big = branch.map((message) =>
      message.id === "a2" ? { ...message, tokens: 500 } : message,
    );
    expect(keptIds(planContext(system, big, { rounds: 10, tokens: 100 }))).toEqual([
      "u3",
      "a3",
      "new",
    ]);
  });

  it("always keeps the system prompt and the newest message, however long", () => {
    const plan = planContext(system, branchOf(1, 9000), { rounds: 10, tokens: 100 });
    expect(keptIds(plan)).toEqual(["new"]);
    expect(plan.system).toEqual(system);
    expect(plan.totalTokens).toBe(9005);
  });

  it("keeps the newest messages that belong together, whatever the limits say", () => {
    const plan = planContext(system, branchOf(3, 9000), { rounds: 0, tokens: 100 }, 3);
    expect(keptIds(plan)).toEqual(["u3", "a3", "new"]);
    expect(plan.entries.slice(-3).map(({ reason }) => reason)).toEqual([
      "newest",
      "newest",
      "newest",
    ]);
    expect(plan.entries).toHaveLength(7);
  });
});

describe("splitIntoRounds", () => {
  it("puts several answers to one question into one round", () => {
    const [u1, a1] = branchOf(1) as [PlanMessage, PlanMessage];
    expect(splitIntoRounds([u1, a1, { ...a1, id: "a1b" }, { ...u1, id: "u2" }])).toHaveLength(2);
  });

  it("lets a question without an answer be a round of its own", () => {
    const [u1] = branchOf(1) as [PlanMessage];
    expect(splitIntoRounds([u1, { ...u1, id: "u2" }]).map((round) => round.length)).toEqual([1, 1]);
  });
});

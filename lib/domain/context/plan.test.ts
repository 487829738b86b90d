import { describe, expect, it } from "vitest";
import { plainBranchContext } from "@/lib/contracts/context";
import { makeRuler } from "../tokens/ruler";
import { planContext } from "./plan";
import type { PlanInput, PlanMessage } from "./plan-input";
import { splitIntoRounds } from "./split-into-rounds";

function branchOf(rounds: number, tokens = 10): PlanMessage[] {
  const say = (id: string, role: PlanMessage["role"]): PlanMessage => ({
    id,
    role,
    text: id,
    counts: { o200k: tokens, wide: 0, signs: 0 },
  });
  const branch: PlanMessage[] = [];
  for (let round = 1; round <= rounds; round++)
    branch.push(say(`u${String(round)}`, "user"), say(`a${String(round)}`, "assistant"));
  return [...branch, say("new", "user")];
}

const inputOf = (branch: PlanMessage[], rounds: number): PlanInput => ({
  system: "Be brief.",
  summary: null,
  branch,
  isWhole: true,
  newestCount: 1,
  policy: { kind: "rounds", rounds, tokens: 32_000 },
  context: plainBranchContext,
  toolTokens: 0,
});

function sentIds(input: PlanInput, window: number | null): string[] {
  const ruler = makeRuler("gpt-5");
  const plan = planContext(input, { window, reply: 100, ruler, sendsReasoning: false });
  return "sent" in plan ? plan.sent.map(({ id }) => id) : [];
}

describe("planContext", () => {
  it("keeps the last N rounds", () => {
    expect(sentIds(inputOf(branchOf(5), 2), null)).toEqual(["u4", "a4", "u5", "a5", "new"]);
  });

  it("keeps what fits the window", () => {
    expect(sentIds(inputOf(branchOf(5), 10), 160)).toEqual(["u5", "a5", "new"]);
  });
});

describe("splitIntoRounds", () => {
  it("lets a question without an answer be a round of its own", () => {
    const [u1] = branchOf(1) as [PlanMessage];
    expect(splitIntoRounds([u1, { ...u1, id: "u2" }]).map((round) => round.length)).toEqual([1, 1]);
  });
});

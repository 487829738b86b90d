import { beforeEach, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { boundTarget } from "@/lib/domain/ledger/estimate";
import { addHeld, nothingHeld } from "@/lib/domain/ledger/held-amount";
import { db } from "./client";
import { holdBudgets } from "./hold-budgets";
import { previewBudgets } from "./preview-budgets";
import { findBalances, makeBudget, makeCall, testPrice } from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let actor: Actor;
beforeEach(async () => {
  actor = await makeUser();
});

it("a call beside others is judged as it would be once those have made their holds", async () => {
  const first = makeCall();
  const target = { inputTokens: 333, mostOutputTokens: 777, answers: 1, payer: "team" } as const;
  const dear = boundTarget({ ...target, price: { ...testPrice, inputMicros: 3 } }, null);
  const bounds = [...first.bounds, dear];
  const reserved = addHeld(nothingHeld, bounds, first.wantedTokens);
  // Room for the first, and for a second one that is whole, short, or none.
  for (const limit of [20_000, 19_999, 15_000, 12_800, 12_799, 10_001]) {
    await db().budgetBalance.deleteMany();
    await db().hold.deleteMany();
    await db().budget.deleteMany();
    await makeBudget(limit);
    await makeBudget(100_000, { unit: "tokens" });
    await makeBudget(10_000, { period: "turn" });
    const call = makeCall();
    const before = await previewBudgets(actor, { ...call, reserved });
    await holdBudgets(actor, { ...first, bounds });
    const after = await previewBudgets(actor, { ...call, reserved: nothingHeld });
    expect({ ...before, refusal: null }).toEqual({ ...after, refusal: null });
    expect(before.refusal?.budgetId).toBe(after.refusal?.budgetId);
    // What is not held yet is not said to be.
    expect(before.refusal?.held ?? 0).toBe(0);
    const held = await findBalances();
    expect(held.map((balance) => String(balance.held)).toSorted()).toEqual(
      [reserved.CNY, reserved.tokens].toSorted(),
    );
    const { isHeld } = await holdBudgets(actor, call);
    expect(isHeld).toBe(before.refusal === null);
  }
});

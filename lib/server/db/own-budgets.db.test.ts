import { expect, it } from "vitest";
import type { Currency } from "@/lib/contracts/usage";
import { newId } from "../ids";
import { createBudget } from "./budgets";
import { db } from "./client";
import { findOwnBudgets } from "./own-budgets";
import { updateInstanceSettings } from "./settings";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const setPrice = (currency: Currency) =>
  db().price.create({
    data: { id: newId(), modelId: "m", currency, inputMicros: 1n, outputMicros: 1n },
  });

it("says whether money may have been converted: at a rate, beside prices in the other currency", async () => {
  const admin = await makeUser({ role: "admin", name: "Ada" });
  for (const unit of ["CNY", "USD", "tokens"] as const)
    await createBudget(admin, {
      ...{ name: unit, scope: "instance", period: "month", limit: 100_000 },
      ...{ unit, isHard: true, allowsUnpriced: false },
    });
  const findConverted = async () =>
    (await findOwnBudgets(admin)).filter(({ isAbout }) => isAbout).map(({ name }) => name);
  await setPrice("CNY");
  expect(await findConverted()).toEqual([]);
  await updateInstanceSettings(admin, { cnyPerUsdMicros: 7_100_000 });
  expect(await findConverted()).toEqual(["USD"]);
  await setPrice("USD");
  expect(await findConverted()).toEqual(["CNY", "USD"]);
  await updateInstanceSettings(admin, { cnyPerUsdMicros: null });
  expect(await findConverted()).toEqual([]);
});

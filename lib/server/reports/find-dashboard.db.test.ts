import { beforeEach, describe, expect, it } from "vitest";
import type { UsageFilter } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { addDays, daysLeftInMonth } from "@/lib/domain/reports/days";
import { breakerPolicy } from "@/lib/domain/failover/breaker-memory";
import { db } from "../db/client";
import { updateInstanceSettings } from "../db/settings";
import { bookRequest } from "../db/testing-books";
import { storeModel } from "../db/testing-models";
import { makeUser, useTestDatabase } from "../db/testing";
import { gatePolicy } from "../models/gate-policy";
import { newId } from "../ids";
import { compareUsage } from "./compare-usage";
import { findDashboard } from "./find-dashboard";
import { findUsage } from "./find-usage";

useTestDatabase();

let admin: Actor;
let userId: string;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  ({ userId } = await makeUser());
});

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const range = { from: "2026-11-09", to: "2026-11-11" };
const ask = (filter: UsageFilter = {}) => findDashboard(admin, { ...range, ...filter });
const book = (day: string, given: Partial<Parameters<typeof bookRequest>[0]> = {}) =>
  bookRequest({ userId, at: noon(day), ...given });

describe("the dashboard", () => {
  it("compares days with as many before", async () => {
    for (const day of ["2026-11-05", "2026-11-06", "2026-11-08", "2026-11-09", "2026-11-11"])
      await book(day);
    await book("2026-11-12");
    const { totals, before, from, to } = await ask();
    expect({ from, to }).toEqual(range);
    expect([totals.calls, before.calls]).toEqual([2, 2]);
    expect(totals.costs).toEqual([{ currency: "CNY", micros: 5_600 }]);
  });

  it("says the same as the reports, under every filter", async () => {
    await book("2026-11-09", { groupIds: ["group-one"], keyId: "key-one-two", kind: "summary" });
    await book("2026-11-10", { modelId: "model-two", providerId: "provider-two" });
    await book("2026-11-10", { payer: "member" });
    const filters: UsageFilter[] = [
      ...[{}, { userId }, { groupId: "group-one" }, { modelId: "model-two" }],
      ...[{ providerId: "provider-two" }, { keyId: "key-one-two" }, { kind: "summary" as const }],
      ...[{ paidBy: "team" as const }, { paidBy: "member" as const }],
      { userId: "nobody-at-all" },
    ];
    for (const filter of filters) {
      const { totals } = await findUsage(admin, { groupBy: "model", ...range, ...filter });
      expect((await ask(filter)).totals).toEqual(totals);
    }
  });

  it("tells what this month will have cost", async () => {
    const { to: today, timeZone } = await findUsage(admin, { groupBy: "day" });
    expect(timeZone).toBe("UTC");
    for (const days of [0, 1, 2]) await book(addDays(today, -days));
    const { forecast } = await ask();
    const [soFar] = forecast.soFar;
    expect(forecast).toMatchObject({
      ...{ month: today.slice(0, 7), days: 2 },
      expected: [
        { currency: "CNY", micros: (soFar?.micros ?? 0) + 2_800 * daysLeftInMonth(today) },
      ],
    });
    const none = await ask({ modelId: "another-model" });
    expect(none.forecast).toMatchObject({ soFar: [], expected: [] });
  });

  it("lists providers with errors by class, the worst first", async () => {
    const fail = (providerId: string, errorCode: "provider_timeout" | "provider_rate_limited") =>
      book("2026-11-10", { providerId, errorCode });
    await fail("provider-some", "provider_timeout");
    for (const providerId of ["provider-some", "provider-good"])
      await book("2026-11-10", { providerId });
    await fail("provider-bad", "provider_timeout");
    await fail("provider-bad", "provider_rate_limited");
    await fail("provider-bad", "provider_rate_limited");
    expect((await ask()).providers).toEqual([
      {
        ...{ id: "provider-bad", name: "Name of provider-bad", attempts: 3, failed: 3 },
        errors: [
          { code: "provider_rate_limited", count: 2 },
          { code: "provider_timeout", count: 1 },
        ],
        isFailing: false,
      },
      {
        ...{ id: "provider-some", name: "Name of provider-some", attempts: 2, failed: 1 },
        ...{ errors: [{ code: "provider_timeout", count: 1 }], isFailing: false },
      },
    ]);
  });

  it("says which provider fails just now, though nobody asked it in these days", async () => {
    const { modelId, providerId } = await storeModel({ name: "m", baseUrl: "http://127.0.0.1:9" });
    const { breaker } = gatePolicy();
    const signal = new AbortController().signal;
    for (let count = 0; count < breakerPolicy.failuresInRow; count += 1) {
      const entry = await breaker.enter(modelId, { signal, hasOwnKey: false });
      if (entry.kind === "go") entry.pass.settle("fault", "provider_failed");
    }
    await expect.poll(() => breaker.isResting(modelId)).toBe(true);
    const failing = { id: providerId, name: "Scripted", attempts: 0, isFailing: true };
    expect((await ask()).providers).toMatchObject([failing]);
    expect((await ask({ providerId: "provider-other" })).providers).toEqual([]);
    await breaker.forget(modelId);
    expect((await ask()).providers).toEqual([]);
  });

  it("holds tokens per call against the threshold", async () => {
    expect((await ask()).tokensPerCall).toEqual({ average: null, threshold: 200_000 });
    await updateInstanceSettings(admin, { alertTokensPerCall: 5_000 });
    await book("2026-11-10", { inputTokens: 9_000, outputTokens: 1_000 });
    await book("2026-11-10", { inputTokens: 3_000, outputTokens: 1_000 });
    expect((await ask()).tokensPerCall).toEqual({ average: 7_000, threshold: 5_000 });
  });

  it("is for admins only", async () => {
    const member = await makeUser();
    await expect(findDashboard(member, {})).rejects.toThrow("forbidden");
    await expect(compareUsage(member, { onModelId: "model-one" })).rejects.toThrow("forbidden");
  });
});

describe("the same traffic on another model", () => {
  it("costs what its tokens do at that model's price of today", async () => {
    const { modelId: onModelId } = await storeModel({ name: "b", baseUrl: "http://127.0.0.1:9" });
    const tokens = { inputTokens: 1_001, cachedTokens: 500, outputTokens: 301, reasoningTokens: 1 };
    await book("2026-11-10", tokens);
    await book("2026-11-10", { ...tokens, currency: null });
    await book("2026-11-11", tokens);
    const compare = () => compareUsage(admin, { ...range, onModelId });
    expect(await compare()).toEqual({
      model: { id: onModelId, label: "b" },
      // 501 at 2, 500 at 0.5, 301 at 8.
      actual: [{ currency: "CNY", micros: 2 * 3_660 }],
      ...{ compared: null, unpriced: 1 },
    });
    const price = { modelId: onModelId, currency: "USD", inputMicros: 100_001n };
    await db().price.create({
      data: {
        ...{ ...price, id: newId(), cachedInputMicros: 10_000n, outputMicros: 400_000n },
        ...{ reasoningMicros: 500_000n, validFrom: new Date("2026-01-01") },
      },
    });
    // A day with two: (1002 × 100,001 + 1000 × 10,000 + 600 × 400,000 + 2 × 500,000) millionths.
    expect((await compare()).compared).toEqual({ currency: "USD", micros: 351 + 176 });
  });

  it("is not told of a model that is not there", async () => {
    const onModelId = "no-model-at-all";
    await expect(compareUsage(admin, { onModelId })).rejects.toThrow("not_found");
  });
});

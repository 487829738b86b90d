import { beforeEach, describe, expect, it } from "vitest";
import { priceCreateSchema, type PriceCreate } from "@/lib/contracts/prices";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { resolveAlias } from "./aliases";
import { db } from "./client";
import { findModels, findPrices, updateModel } from "./models";
import {
  createPriceVersion,
  findMoneyBudgets,
  findPriceVersions,
  findPricesNow,
  withdrawPriceVersion,
} from "./prices";
import { makeUser, useTestDatabase } from "./testing";
import { storeModel } from "./testing-models";

useTestDatabase();

let actor: Actor;
let modelId: string;

beforeEach(async () => {
  actor = await makeUser({ role: "admin" });
  ({ modelId } = await storeModel({ name: "model", baseUrl: "https://provider.example/v1" }));
});

const cheap = { currency: "CNY", inputMicros: 1_000_000, outputMicros: 2_000_000 } as const;
const dear = { currency: "USD", inputMicros: 3_000_000, outputMicros: 9_000_000 } as const;

const create = (price: Omit<Extract<PriceCreate, { inputMicros: number }>, "modelId">) =>
  createPriceVersion(actor, { modelId, ...price }, "Asia/Shanghai");

/** The day, in a time zone, so many days from now. */
async function dayIn(timeZone: string, days: number): Promise<string> {
  const [row] = await db().$queryRaw<{ day: string }[]>`
    SELECT to_char(now() AT TIME ZONE ${timeZone} + ${days} * interval '1 day', 'YYYY-MM-DD') AS day`;
  return row?.day ?? "";
}

/** Lets so many days pass, for the prices of the model. */
async function letDaysPass(days: number): Promise<void> {
  await db().$executeRaw`UPDATE prices SET valid_from = valid_from - ${days} * interval '1 day'`;
}

describe("a version of a price", () => {
  it("holds from now on, and the one before ends there", async () => {
    await create({ ...cheap, source: "our contract" });
    const versions = await create({ ...dear, cachedInputMicros: 300_000, reasoningMicros: 0 });
    expect(versions).toMatchObject([
      {
        state: "current",
        amounts: { ...dear, cachedInputMicros: 300_000, reasoningMicros: 0 },
        source: null,
        validUntil: null,
      },
      {
        state: "past",
        amounts: { ...cheap, cachedInputMicros: null, reasoningMicros: null },
        source: "our contract",
        validUntil: versions[0]?.validFrom,
      },
    ]);
    expect((await findPrices([modelId])).get(modelId)).toEqual(dear);
  });

  it("is valid at once by the database's clock", async () => {
    for (const inputMicros of [1, 2, 3, 4, 5]) {
      await create({ ...cheap, inputMicros });
      expect((await findPrices([modelId])).get(modelId)).toMatchObject({ inputMicros });
    }
  });

  it("may make the price unknown again", async () => {
    await create(cheap);
    const versions = await createPriceVersion(actor, { modelId, currency: null }, "UTC");
    expect(versions).toMatchObject([{ amounts: null, state: "current" }, { state: "past" }]);
    expect((await findPrices([modelId])).size).toBe(0);
    expect((await findPricesNow(actor, [modelId])).get(modelId)).toEqual({
      current: null,
      next: null,
    });
  });

  it("begins at the midnight of the team's time zone, and holds from then on", async () => {
    await create(cheap);
    const validFrom = await dayIn("Asia/Shanghai", 3);
    const versions = await create({ ...dear, validFrom });
    expect(versions).toMatchObject([
      { state: "future", amounts: dear, validUntil: null },
      { state: "current", amounts: cheap, validUntil: versions[0]?.validFrom },
    ]);
    expect(new Date(versions[0]?.validFrom ?? "")).toEqual(new Date(`${validFrom}T00:00:00+08:00`));
    expect((await findPrices([modelId])).get(modelId)).toEqual(cheap);
    expect((await findPricesNow(actor, [modelId])).get(modelId)).toMatchObject({
      current: { amounts: cheap },
      next: { amounts: dear },
    });
    await letDaysPass(3);
    expect((await findPrices([modelId])).get(modelId)).toEqual(dear);
    expect((await resolveAlias(actor, modelId))?.targets[0]).toMatchObject({ price: dear });
    expect((await findModels(actor))[0]).toMatchObject({ price: dear });
  });

  it("begins on no day that has begun: what was used then has its price", async () => {
    for (const days of [0, -1, -400]) {
      const validFrom = await dayIn("Asia/Shanghai", days);
      await expect(create({ ...cheap, validFrom })).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "validFrom" },
      });
    }
    expect(await findPriceVersions(actor, modelId)).toEqual([]);
  });

  it("takes the place of one that was to begin on the same day", async () => {
    const validFrom = await dayIn("Asia/Shanghai", 1);
    await create({ ...cheap, validFrom });
    expect(await create({ ...dear, validFrom })).toMatchObject([{ amounts: dear }]);
    expect(await db().price.count()).toBe(1);
  });

  it("can be withdrawn as long as it is not valid, and not after", async () => {
    await create(cheap);
    const [future] = await create({ ...dear, validFrom: await dayIn("Asia/Shanghai", 1) });
    await withdrawPriceVersion(actor, future?.id ?? "");
    const [current, ...others] = await findPriceVersions(actor, modelId);
    expect(others).toEqual([]);
    expect(current).toMatchObject({ amounts: cheap, validUntil: null });
    await expect(withdrawPriceVersion(actor, current?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(withdrawPriceVersion(actor, newId())).rejects.toMatchObject({ code: "not_found" });
    expect((await findPrices([modelId])).get(modelId)).toEqual(cheap);
  });

  it("is exact up to the largest amount", async () => {
    const most = 1_000_000_000_000;
    const [version] = await create({ ...cheap, inputMicros: most, reasoningMicros: most });
    expect(version?.amounts).toMatchObject({ inputMicros: most, reasoningMicros: most });
  });

  it("set as a fact of the model is one like any other", async () => {
    await create({ ...cheap, cachedInputMicros: 5 });
    await updateModel(actor, modelId, { price: dear });
    expect(await findPriceVersions(actor, modelId)).toMatchObject([
      { amounts: { ...dear, cachedInputMicros: null }, state: "current" },
      { state: "past" },
    ]);
  });

  it("needs a model that is there; one that was removed keeps its prices", async () => {
    const stranger = { modelId: newId(), ...cheap };
    await expect(createPriceVersion(actor, stranger, "UTC")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(findPriceVersions(actor, newId())).rejects.toMatchObject({ code: "not_found" });
    await create(cheap);
    await db().model.delete({ where: { id: modelId } });
    expect(await findPriceVersions(actor, modelId)).toHaveLength(1);
  });

  it("is the admins' alone", async () => {
    const member = await makeUser();
    const forbidden = { code: "forbidden" };
    await expect(findPriceVersions(member, modelId)).rejects.toMatchObject(forbidden);
    await expect(createPriceVersion(member, { modelId, ...cheap }, "UTC")).rejects.toMatchObject(
      forbidden,
    );
    await expect(withdrawPriceVersion(member, newId())).rejects.toMatchObject(forbidden);
    await expect(findPricesNow(member, [modelId])).rejects.toMatchObject(forbidden);
    await expect(findMoneyBudgets(member)).rejects.toMatchObject(forbidden);
  });
});

it.each([
  [{ inputMicros: -1 }, "inputMicros"],
  [{ outputMicros: 1_000_000_000_001 }, "outputMicros"],
  [{ cachedInputMicros: 0.5 }, "cachedInputMicros"],
  [{ validFrom: "2027-02-30" }, "validFrom"],
  [{ validFrom: "2027-01-01T00:00:00Z" }, "validFrom"],
  [{ currency: "EUR" }, "currency"],
])("a price of %j is refused", (wrong, field) => {
  const result = priceCreateSchema.safeParse({ modelId: "model-id", ...cheap, ...wrong });
  expect(result.error?.issues[0]?.path).toEqual([field]);
});

it("half a price is none", () => {
  expect(
    priceCreateSchema.safeParse({ modelId: "model-id", currency: "CNY", inputMicros: 1 }).success,
  ).toBe(false);
});

import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { findAlerts } from "../db/alerts";
import { db } from "../db/client";
import { tellProviderTrouble } from "../db/provider-alerts";
import { storeModel } from "../db/testing-models";
import { makeUser, useTestDatabase } from "../db/testing";
import { noteModelRests, noteRefusal } from "./note-trouble";

useTestDatabase();

const system = { system: "test" };
let admin: Actor;
let modelId: string;
let providerId: string;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  ({ modelId, providerId } = await storeModel({ name: "m", baseUrl: "https://p.example/v1" }));
});

const factsOf = async () =>
  (await findAlerts(admin, { limit: 100 })).alerts.map(({ facts }) => facts);

const noCredit = () =>
  tellProviderTrouble(system, {
    ...{ kind: "provider_no_credit", modelId, errorCode: "provider_out_of_credit" },
  });

const fails = (id = modelId) =>
  tellProviderTrouble(system, {
    ...{ kind: "provider_failing", modelId: id, errorCode: "provider_failed" },
  });

const age = (interval: string) =>
  db().$executeRawUnsafe(
    `UPDATE alerts SET created_at = created_at - interval '${interval}', once_key = once_key || id`,
  );

describe("a provider without credit", () => {
  it("is told once in ten minutes, for all its models", async () => {
    const told = await Promise.all([noCredit(), noCredit(), noCredit()]);
    expect(told.filter(Boolean)).toHaveLength(1);
    await age("9 minutes");
    expect(await noCredit()).toBe(false);
    await age("2 minutes");
    expect(await noCredit()).toBe(true);
    expect(await factsOf()).toEqual(
      Array(2).fill({
        ...{ kind: "provider_no_credit", providerId, providerName: "Scripted" },
        ...{ modelName: null, errorCode: "provider_out_of_credit" },
      }),
    );
  });
});

describe("a model that fails", () => {
  it("is told once an hour, each by itself", async () => {
    const other = await storeModel({ name: "other", baseUrl: "https://q.example/v1" });
    expect([await fails(), await fails(), await fails(other.modelId)]).toEqual([true, false, true]);
    await age("59 minutes");
    expect(await fails()).toBe(false);
    await age("2 minutes");
    expect(await fails()).toBe(true);
    expect(await factsOf()).toMatchObject([
      { modelName: "m", errorCode: "provider_failed" },
      { modelName: "other" },
      { modelName: "m" },
    ]);
  });

  it("that is gone by then is no news", async () => {
    expect(await fails("a-model-that-is-gone")).toBe(false);
  });
});

describe("what the gate notes", () => {
  it("becomes an alert where it does not mend itself, without being waited for", async () => {
    noteRefusal(modelId, "provider_failed");
    noteRefusal(modelId, "context_too_long");
    noteRefusal(modelId, "provider_key_refused");
    noteRefusal(modelId, "provider_out_of_credit");
    await expect.poll(() => db().alert.count()).toBe(2);
    expect((await factsOf()).map(({ kind }) => kind).sort()).toEqual([
      "provider_failing",
      "provider_no_credit",
    ]);
  });

  it("becomes one alert where a model rests, and none besides that of the credit", async () => {
    noteModelRests(modelId, "provider_out_of_credit");
    noteModelRests(modelId, "provider_timeout");
    noteModelRests(modelId, "provider_timeout");
    await expect.poll(() => factsOf()).toMatchObject([{ errorCode: "provider_timeout" }]);
  });
});

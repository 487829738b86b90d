import { beforeEach, describe, expect, it, vi } from "vitest";
import * as model from "@/app/api/admin/models/[id]/route";
import * as providers from "@/app/api/admin/providers/route";
import type { Diagnosis } from "@/lib/contracts/diagnosis";
import type { Model } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { makeStep } from "@/lib/domain/diagnosis/details";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "../db/client";
import { updateModel } from "../db/models";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { callRoute } from "./testing-call";

const session = vi.hoisted<{ actor: Actor | null }>(() => ({ actor: null }));

vi.mock("../auth/actor", () => ({
  requireActor: () =>
    session.actor === null
      ? Promise.reject(new AppError("unauthorized"))
      : Promise.resolve(session.actor),
}));

useTestDatabase();

let admin: Actor;

beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  session.actor = admin;
});

async function makeModel() {
  const body = {
    kind: "openai-compatible",
    name: "Somewhere",
    baseUrl: "https://provider.example/v1",
    models: ["m"],
  };
  expect((await callRoute(providers.POST, { body })).status).toBe(200);
  return db().model.findFirstOrThrow();
}

describe("what is known of a model", () => {
  it("is set by hand, stays, and goes back to automatic", async () => {
    const row = await makeModel();
    const patch = async (body: unknown) =>
      (await callRoute(model.PATCH, { params: { id: row.id }, body })).json as Model;

    const set = await patch({
      contextWindow: 8000,
      card: { capabilities: { vision: "no" }, parameters: { seed: "no" } },
      price: { currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
    });
    expect(set.card).toMatchObject({
      capabilities: { vision: "no" },
      fixed: ["capabilities.vision", "parameters.seed", "contextWindow"],
    });
    expect(set.price).toMatchObject({ currency: "CNY", outputMicros: 8_000_000 });

    const unfixed = await patch({ unfix: ["capabilities.vision", "contextWindow"] });
    expect(unfixed.contextWindow).toBeNull();
    expect(unfixed.card).toMatchObject({ parameters: { seed: "no" }, fixed: ["parameters.seed"] });
    expect(unfixed.card.capabilities).toEqual({});
    expect((await patch({ price: null })).price).toBeNull();
  });

  it("goes back to what the last test found", async () => {
    const row = await makeModel();
    const diagnosis: Diagnosis = {
      providerId: row.providerId,
      modelName: row.name,
      modelId: row.id,
      steps: [makeStep("vision", "no")],
      isOk: true,
      requests: 1,
      tokens: 1,
      checkedAt: new Date().toISOString(),
    };
    await updateModel(admin, row.id, { diagnosis });
    const patch = async (body: unknown) =>
      (await callRoute(model.PATCH, { params: { id: row.id }, body })).json as Model;
    await patch({ card: { capabilities: { vision: "yes" } } });
    const { card } = await patch({ unfix: ["capabilities.vision"] });
    expect(card).toMatchObject({
      capabilities: { vision: "no" },
      source: "diagnosis",
      fixed: [],
    });
  });

  it("cannot be unfixed for a model that is not there", async () => {
    const params = { id: newId() };
    const body = { unfix: ["parameters.seed"] };
    expect((await callRoute(model.PATCH, { params, body })).status).toBe(404);
  });
});

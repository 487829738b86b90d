import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { findAlerts } from "../db/alerts";
import { makeUser } from "../db/testing";
import { newId } from "../ids";
import { readChunks, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

let admin: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
});

const factsOf = async (actor: Actor) =>
  (await findAlerts(actor, { limit: 10 })).alerts.map(({ facts }) => facts);

async function take(turnCount: number): Promise<void> {
  for (let turn = 0; turn < turnCount; turn += 1)
    await readChunks(await submit(newId(), "The canary sings at midnight."));
}

describe("what turns tell admins", () => {
  it("is that the provider has no credit, once, and nothing of what was written", async () => {
    await useModel("error-429-quota");
    await take(3);
    await expect.poll(() => factsOf(admin)).toHaveLength(1);
    expect(await factsOf(admin)).toMatchObject([
      { kind: "provider_no_credit", providerName: "Scripted" },
    ]);
    expect(JSON.stringify(await factsOf(admin))).not.toContain("canary");
    expect(await factsOf(turns.actor)).toEqual([]);
  });

  it("is that a key is refused, at the first turn", async () => {
    await useModel("error-401");
    await take(1);
    await expect
      .poll(() => factsOf(admin))
      .toMatchObject([
        { kind: "provider_failing", modelName: "error-401", errorCode: "provider_key_refused" },
      ]);
  });

  it("is nothing of a single failure that may pass", async () => {
    await useModel("error-400");
    await take(1);
    expect(await factsOf(admin)).toEqual([]);
  });
});

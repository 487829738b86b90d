import { describe, expect, it } from "vitest";
import { db } from "./client";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

describe("the database of a test", () => {
  it("holds what a test stores", async () => {
    const actor = await makeUser({ role: "admin" });
    const users = await db().user.findMany({ select: { id: true, role: true } });
    expect(users).toEqual([{ id: actor.userId, role: "admin" }]);
  });

  it("is empty again for the next one", async () => {
    expect(await db().user.count()).toBe(0);
  });
});

import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { db } from "./client";
import {
  getInstanceSettings,
  getServerValue,
  setServerValue,
  updateInstanceSettings,
} from "./settings";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const system = { system: "test" };

let elapsedMs = 0;

/** The settings after long enough for the copy in memory to have run out. */
async function freshSettings() {
  elapsedMs += 10_000;
  vi.spyOn(performance, "now").mockReturnValue(elapsedMs);
  return getInstanceSettings();
}

describe("the settings of the instance", () => {
  it("have defaults that work before anybody has set them", async () => {
    expect(await freshSettings()).toMatchObject({ windowRounds: 10, windowTokens: 32_000 });
  });

  it("keep what an admin changes, one by one, and show it at once", async () => {
    const admin = await makeUser({ role: "admin" });
    await updateInstanceSettings(admin, { windowRounds: 3 });
    await updateInstanceSettings(admin, { systemPrompt: "Be brief." });
    const settings = { systemPrompt: "Be brief.", windowRounds: 3, windowTokens: 32_000 };
    expect(await getInstanceSettings()).toMatchObject(settings);
    expect(await freshSettings()).toMatchObject(settings);
  });

  it("may hold an empty system prompt", async () => {
    await updateInstanceSettings(await makeUser({ role: "admin" }), { systemPrompt: "" });
    expect((await freshSettings()).systemPrompt).toBe("");
  });

  it("are not for members to change", async () => {
    const change = updateInstanceSettings(await makeUser(), { windowRounds: 1 });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    expect((await freshSettings()).windowRounds).toBe(10);
  });

  it("show a change that another instance made, seconds later", async () => {
    await updateInstanceSettings(system, { windowRounds: 3 });
    await db().setting.update({ where: { key: "windowRounds" }, data: { value: 4 } });
    expect((await getInstanceSettings()).windowRounds).toBe(3);
    expect((await freshSettings()).windowRounds).toBe(4);
  });

  it("take a stored value that no longer fits as not set", async () => {
    await db().setting.create({ data: { key: "windowRounds", value: "many" } });
    expect((await freshSettings()).windowRounds).toBe(10);
  });
});

describe("a value that the server keeps for itself", () => {
  it("is kept apart from the settings", async () => {
    await setServerValue(system, "windowRounds", "mine");
    expect(await getServerValue(system, "windowRounds", z.string())).toBe("mine");
    expect(await getServerValue(system, "other", z.string())).toBeNull();
    expect((await freshSettings()).windowRounds).toBe(10);
  });
});

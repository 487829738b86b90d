import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { db } from "./client";
import {
  getInstanceSettings,
  getServerValue,
  isTimeZoneChosen,
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
    expect(await freshSettings()).toMatchObject({ contextPolicy: { kind: "rounds", rounds: 10 } });
  });

  it("keep what an admin changes, one by one, and show it at once", async () => {
    const admin = await makeUser({ role: "admin" });
    await updateInstanceSettings(admin, { dearTokens: 3000 });
    await updateInstanceSettings(admin, { systemPrompt: "Be brief." });
    const settings = { systemPrompt: "Be brief.", dearTokens: 3000, summaryModelId: null };
    expect(await getInstanceSettings()).toMatchObject(settings);
    expect(await freshSettings()).toMatchObject(settings);
  });

  it("may hold an empty system prompt", async () => {
    await updateInstanceSettings(await makeUser({ role: "admin" }), { systemPrompt: "" });
    expect((await freshSettings()).systemPrompt).toBe("");
  });

  it("are not for members to change", async () => {
    const change = updateInstanceSettings(await makeUser(), { dearTokens: 1000 });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
    expect((await freshSettings()).dearTokens).toBe(30_000);
  });

  it("take a time zone that the database knows, and say whether one was ever chosen", async () => {
    const admin = await makeUser({ role: "admin" });
    await expect(updateInstanceSettings(admin, { timeZone: "Nowhere/Land" })).rejects.toMatchObject(
      { code: "invalid_input", details: { field: "timeZone" } },
    );
    expect(await isTimeZoneChosen()).toBe(false);
    for (const timeZone of ["UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires"]) {
      await updateInstanceSettings(admin, { timeZone });
      expect((await getInstanceSettings()).timeZone).toBe(timeZone);
      expect(await isTimeZoneChosen()).toBe(true);
    }
  });

  it("show a change that another instance made, seconds later", async () => {
    await updateInstanceSettings(system, { dearTokens: 3000 });
    await db().setting.update({ where: { key: "dearTokens" }, data: { value: 4000 } });
    expect((await getInstanceSettings()).dearTokens).toBe(3000);
    expect((await freshSettings()).dearTokens).toBe(4000);
  });

  it("are read again only once they are older than the asker takes", async () => {
    await updateInstanceSettings(system, { dearTokens: 3000 });
    await freshSettings();
    await db().setting.update({ where: { key: "dearTokens" }, data: { value: 4000 } });
    vi.spyOn(performance, "now").mockReturnValue((elapsedMs += 10_000));
    expect((await getInstanceSettings(30_000)).dearTokens).toBe(3000);
    expect((await getInstanceSettings()).dearTokens).toBe(4000);
  });

  it("take a stored value that no longer fits as not set", async () => {
    await db().setting.create({ data: { key: "dearTokens", value: "many" } });
    expect((await freshSettings()).dearTokens).toBe(30_000);
  });
});

describe("a value that the server keeps for itself", () => {
  it("is kept apart from the settings", async () => {
    await setServerValue(system, "windowRounds", "mine");
    expect(await getServerValue(system, "windowRounds", z.string())).toBe("mine");
    expect(await getServerValue(system, "other", z.string())).toBeNull();
    expect((await freshSettings()).dearTokens).toBe(30_000);
  });
});

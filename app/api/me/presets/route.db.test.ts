import { describe, expect, it, vi } from "vitest";
import { limits } from "@/lib/contracts/limits";
import type { ParameterPreset } from "@/lib/contracts/parameters";
import { openBrowser } from "@/lib/server/auth/testing-browser";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { db } from "@/lib/server/db/client";
import { createParameterPreset } from "@/lib/server/db/parameter-presets";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { DELETE, PATCH } from "./[id]/route";
import { GET, POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

async function openMember() {
  const actor = await makeUser();
  const browser = openBrowser();
  const token = await writeSessionToken({ userId: actor.userId, version: 0 });
  browser.jar.set(sessionCookieName(), token);
  const path = (id: string) => `/api/me/presets/${id}`;
  return {
    actor,
    list: async () => {
      const response = await browser.call(GET, "/api/me/presets");
      return ((await response.json()) as { presets: ParameterPreset[] }).presets;
    },
    save: (body: unknown) => browser.call(POST, "/api/me/presets", { method: "POST", body }),
    change: (id: string, body: unknown) =>
      browser.call(PATCH, path(id), { method: "PATCH", params: { id }, body }),
    remove: (id: string) => browser.call(DELETE, path(id), { method: "DELETE", params: { id } }),
  };
}

const exact = { name: "Exact", parameters: { temperature: 0, stop: ["\n\n"] } };

async function saved(response: Response): Promise<ParameterPreset> {
  expect(response.status).toBe(200);
  return (await response.json()) as ParameterPreset;
}

describe("one's own presets", () => {
  it("are saved, renamed, changed and removed", async () => {
    const member = await openMember();
    const preset = await saved(await member.save(exact));
    expect(preset).toEqual({ id: expect.any(String) as string, ...exact });
    await saved(await member.change(preset.id, { name: " Very  exact " }));
    await saved(await member.change(preset.id, { parameters: { seed: 7 } }));
    expect(await member.list()).toEqual([
      { id: preset.id, name: "Very  exact", parameters: { seed: 7 } },
    ]);
    expect((await member.remove(preset.id)).status).toBe(204);
    expect(await member.list()).toEqual([]);
    expect((await member.remove(preset.id)).status).toBe(404);
  });

  it("are nobody else's", async () => {
    const [owner, other] = [await openMember(), await openMember()];
    const { id } = await saved(await owner.save(exact));
    expect(await other.list()).toEqual([]);
    expect((await other.change(id, { name: "Mine" })).status).toBe(404);
    expect((await other.remove(id)).status).toBe(404);
    expect(await owner.list()).toEqual([{ id, ...exact }]);
    await saved(await other.save(exact));
  });

  it("have names of their own, also when two are saved at the same moment", async () => {
    const member = await openMember();
    const statuses = await Promise.all([1, 2, 3].map(() => member.save(exact)));
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { id } = await saved(await member.save({ ...exact, name: "Other" }));
    const response = await member.change(id, { name: "Exact" });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { details: { field: "name" } } });
    await saved(await member.change(id, { name: "Other" }));
  });

  it("are no more than there may be, also when many are saved at the same moment", async () => {
    const member = await openMember();
    const names = Array.from({ length: limits.parameterPresets - 2 }, (_, at) => `Preset ${at}`);
    for (const name of names) await createParameterPreset(member.actor, { name, parameters: {} });
    const responses = await Promise.all(
      [1, 2, 3, 4, 5].map((at) => member.save({ name: `Late ${at}`, parameters: {} })),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(2);
    const refused = responses.find(({ status }) => status === 409);
    expect(await refused?.json()).toMatchObject({ error: { details: { reason: "too_many" } } });
    expect(await member.list()).toHaveLength(limits.parameterPresets);
  });

  it("go with the account", async () => {
    const member = await openMember();
    await saved(await member.save(exact));
    await db().user.delete({ where: { id: member.actor.userId } });
    expect(await db().parameterPreset.count()).toBe(0);
  });

  it.each([
    [{ name: "", parameters: {} }],
    [{ name: "x".repeat(101), parameters: {} }],
    [{ name: "N", parameters: { temperature: 2.1 } }],
    [{ name: "N", parameters: { stop: ["1", "2", "3", "4", "5"] } }],
    [{ name: "N", parameters: { apiKey: "sk-canary" } }],
    [{ name: "N", parameters: {}, userId: "somebody" }],
    [{ name: "N" }],
  ])("refuse %j", async (body) => {
    const member = await openMember();
    expect((await member.save(body)).status).toBe(400);
    expect(await member.list()).toEqual([]);
  });
});

import { describe, expect, it, vi } from "vitest";
import { GET as getProfile } from "@/app/api/me/route";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { openBrowser } from "@/lib/server/auth/testing-browser";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { PATCH } from "./[id]/route";
import { GET } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

async function openAs(role: "admin" | "member") {
  const { userId } = await makeUser({ role });
  const browser = openBrowser();
  browser.jar.set("parley.session", await writeSessionToken({ userId, version: 0 }));
  return {
    userId,
    list: () => browser.call(GET, "/api/admin/users?limit=2"),
    profile: () => browser.call(getProfile, "/api/me"),
    change: (id: string, body: unknown) =>
      browser.call(PATCH, `/api/admin/users/${id}`, { method: "PATCH", params: { id }, body }),
  };
}

describe("people", () => {
  it("are listed for admins", async () => {
    const { list } = await openAs("admin");
    await makeUser();
    await makeUser();
    const page = (await (await list()).json()) as { users: unknown[]; cursor: string | null };
    expect(page.users).toHaveLength(2);
    expect(page.cursor).toEqual(expect.any(String));
  });

  it("are out at once when deactivated, and stay out until they sign in anew", async () => {
    const admin = await openAs("admin");
    const member = await openAs("member");
    expect((await member.profile()).status).toBe(200);
    expect((await admin.change(member.userId, { isActive: false })).status).toBe(200);
    expect((await member.profile()).status).toBe(401);
    await admin.change(member.userId, { isActive: true });
    expect((await member.profile()).status).toBe(401);
  });

  it("lose what an admin may as soon as they are demoted", async () => {
    const admin = await openAs("admin");
    const other = await openAs("admin");
    expect((await other.list()).status).toBe(200);
    await admin.change(other.userId, { role: "member" });
    expect((await other.list()).status).toBe(401);
    expect((await other.change(admin.userId, { role: "member" })).status).toBe(401);
  });

  it("always have an admin", async () => {
    const { userId, change, profile } = await openAs("admin");
    for (const body of [{ role: "member" }, { isActive: false }]) {
      const response = await change(userId, body);
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({
        error: { code: "conflict", details: { reason: "last_admin" } },
      });
    }
    expect((await profile()).status).toBe(200);
  });

  it("can't be listed or changed by members", async () => {
    const { userId, list, change } = await openAs("member");
    expect((await list()).status).toBe(403);
    expect((await change(userId, { role: "admin" })).status).toBe(403);
  });

  it("are changed by role and activity only", async () => {
    const admin = await openAs("admin");
    const { userId } = await openAs("member");
    for (const body of [{ email: "x@example.com" }, { sessionVersion: 0 }, { role: "owner" }]) {
      expect((await admin.change(userId, body)).status).toBe(400);
    }
    expect((await admin.change("no one", {})).status).toBe(404);
    expect((await admin.change("01900000-0000-7000-8000-000000000001", {})).status).toBe(404);
  });
});

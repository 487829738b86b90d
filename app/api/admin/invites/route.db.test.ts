import { beforeEach, describe, expect, it, vi } from "vitest";
import { POST as register } from "@/app/api/register/route";
import type { InviteCreated } from "@/lib/contracts/accounts";
import { readInvite } from "@/lib/server/auth/invites";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { openBrowser } from "@/lib/server/auth/testing-browser";
import { db } from "@/lib/server/db/client";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { env } from "@/lib/server/env";
import { DELETE } from "./[id]/route";
import { GET, POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

beforeEach(() => {
  Object.assign(env(), { SIGNUP: "invite" });
});

async function openAs(role: "admin" | "member") {
  const { userId } = await makeUser({ role });
  const browser = openBrowser();
  browser.jar.set("parley.session", await writeSessionToken({ userId, version: 0 }));
  return {
    list: () => browser.call(GET, "/api/admin/invites"),
    invite: (body: unknown = {}) =>
      browser.call(POST, "/api/admin/invites", {
        method: "POST",
        body,
        headers: { "x-forwarded-host": "evil.example" },
      }),
    revoke: (id: string) =>
      browser.call(DELETE, `/api/admin/invites/${id}`, { method: "DELETE", params: { id } }),
  };
}

const read = async (response: Response) => (await response.json()) as InviteCreated;

const tokenOf = ({ url }: InviteCreated) => new URL(url).searchParams.get("invite") ?? "";

const signUp = (invite: string, email = "ada@example.com") =>
  openBrowser().call(register, "/api/register", {
    method: "POST",
    body: { email, password: "correct horse", name: "Ada", invite },
  });

describe("inviting", () => {
  it("gives a link to the configured address that admits once", async () => {
    const { invite } = await openAs("admin");
    const created = await read(await invite({ role: "admin", email: "Ada@example.com" }));
    expect(created.url).toMatch(/^http:\/\/localhost:3000\/register\?invite=[\w-]{43}$/);
    expect(created.invite).toMatchObject({ email: "ada@example.com", role: "admin", usedAt: null });
    expect(await readInvite(tokenOf(created))).toEqual({ email: "ada@example.com" });
    expect((await signUp(tokenOf(created))).status).toBe(200);
    expect((await signUp(tokenOf(created), "bob@example.com")).status).toBe(403);
    expect(await readInvite(tokenOf(created))).toBeNull();
  });

  it("keeps no token: not in the database, not in the list", async () => {
    const { invite, list } = await openAs("admin");
    const token = tokenOf(await read(await invite()));
    const [row] = await db().invite.findMany();
    expect(JSON.stringify(row)).not.toContain(token);
    const answer = await (await list()).text();
    expect(answer).toContain(row?.id ?? "no row");
    expect(answer).not.toContain(token);
    expect(answer).not.toContain(row?.tokenHash);
    // The hash is no token either.
    expect((await signUp(row?.tokenHash ?? "")).status).toBe(403);
  });

  it("ends when the invite is taken back", async () => {
    const { invite, revoke } = await openAs("admin");
    const created = await read(await invite());
    expect((await revoke(created.invite.id)).status).toBe(204);
    expect((await signUp(tokenOf(created))).status).toBe(403);
    expect((await revoke(created.invite.id)).status).toBe(404);
  });

  it("makes no link that would admit nobody", async () => {
    Object.assign(env(), { SIGNUP: "closed" });
    const { invite } = await openAs("admin");
    expect((await invite()).status).toBe(403);
    expect(await db().invite.count()).toBe(0);
  });

  it("is for admins", async () => {
    const { invite, list, revoke } = await openAs("member");
    for (const response of [await invite(), await list(), await revoke("00000000-none")]) {
      expect(response.status).toBe(403);
    }
    expect((await openBrowser().call(GET, "/api/admin/invites")).status).toBe(401);
  });

  it.each([
    { expiresInDays: 0 },
    { expiresInDays: 31 },
    { role: "owner" },
    { email: "x" },
    { a: 1 },
  ])("refuses %j", async (body) => {
    expect((await (await openAs("admin")).invite(body)).status).toBe(400);
  });
});

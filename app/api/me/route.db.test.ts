import { describe, expect, it, vi } from "vitest";
import { GET as getAuth, POST as postAuth } from "@/app/api/auth/[...nextauth]/route";
import { hashPassword } from "@/lib/server/auth/password";
import { openBrowser, signIn } from "@/lib/server/auth/testing-browser";
import { db } from "@/lib/server/db/client";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { POST as changePassword } from "./password/route";
import { GET, PATCH } from "./route";
import { DELETE as endSessions } from "./sessions/route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

const email = "ada@example.com";
const password = "correct horse battery";
const newPassword = "staple of batteries";

const auth = (request: Request, context: { params: Promise<unknown> }) =>
  request.method === "POST" ? postAuth(request, context) : getAuth(request, context);

const makeAda = async () =>
  makeUser({ email, name: "Ada", passwordHash: await hashPassword(password) });

async function openSession(given = password) {
  const browser = openBrowser();
  await signIn(browser, auth, { email, password: given });
  return {
    ...browser,
    get: () => browser.call(GET, "/api/me"),
    patch: (body: unknown) => browser.call(PATCH, "/api/me", { method: "PATCH", body }),
    change: (body: unknown) =>
      browser.call(changePassword, "/api/me/password", { method: "POST", body }),
    end: () => browser.call(endSessions, "/api/me/sessions", { method: "DELETE" }),
  };
}

describe("one's own profile", () => {
  it("is for whoever is signed in", async () => {
    await makeAda();
    expect((await openBrowser().call(GET, "/api/me")).status).toBe(401);
    const response = await (await openSession()).get();
    expect(await response.json()).toEqual({
      id: expect.any(String) as string,
      email,
      name: "Ada",
      role: "member",
      hasPassword: true,
      systemPrompt: null,
      contextPolicy: null,
    });
  });

  it("changes what is given and nothing else", async () => {
    const { userId } = await makeAda();
    const { patch } = await openSession();
    expect(await (await patch({ systemPrompt: "Be brief." })).json()).toMatchObject({
      name: "Ada",
      systemPrompt: "Be brief.",
    });
    await patch({ locale: "zh-CN", theme: "dark" });
    expect(await (await patch({ systemPrompt: null })).json()).toMatchObject({
      systemPrompt: null,
    });
    expect(await db().user.findUnique({ where: { id: userId } })).toMatchObject({
      locale: "zh-CN",
      theme: "dark",
      sessionVersion: 0,
    });
  });

  it.each([
    [{ role: "admin" }],
    [{ email: "eve@example.com" }],
    [{ id: "someone-else" }],
    [{ passwordHash: "x" }],
    [{ name: "" }],
    [{ locale: "fr" }],
    [{ name: { set: "x" } }],
  ])("refuses %j", async (body) => {
    const { userId } = await makeAda();
    const { patch } = await openSession();
    expect((await patch(body)).status).toBe(400);
    expect(await db().user.findUnique({ where: { id: userId } })).toMatchObject({
      email,
      name: "Ada",
      role: "member",
    });
  });
});

describe("changing the password", () => {
  it("ends every other session at once and keeps this one", async () => {
    await makeAda();
    const [here, there] = [await openSession(), await openSession()];
    const response = await here.change({ currentPassword: password, newPassword });
    expect(response.status).toBe(204);
    expect((await here.get()).status).toBe(200);
    expect((await there.get()).status).toBe(401);
    expect((await (await openSession(password)).get()).status).toBe(401);
    expect((await (await openSession(newPassword)).get()).status).toBe(200);
  });

  it("needs the current password: the cookie alone is not enough", async () => {
    await makeAda();
    const { change, get } = await openSession();
    const response = await change({ currentPassword: "wrong", newPassword });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: "wrong_password" } });
    expect((await get()).status).toBe(200);
  });

  it("is no way to guess the current password", async () => {
    await makeAda();
    const { change } = await openSession();
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        change({ currentPassword: `guess ${index}`, newPassword }),
      ),
    );
    expect(responses.filter(({ status }) => status === 403)).toHaveLength(10);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it("works once when two do it at the same moment", async () => {
    await makeAda();
    const [here, there] = [await openSession(), await openSession()];
    const responses = await Promise.all([
      here.change({ currentPassword: password, newPassword }),
      there.change({ currentPassword: password, newPassword: "yet another one" }),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 403].sort());
  });

  it.each(["short", "x".repeat(129), "", null])("refuses %j as a new one", async (wrong) => {
    await makeAda();
    const { change } = await openSession();
    expect((await change({ currentPassword: password, newPassword: wrong })).status).toBe(400);
  });

  it("gives no password to an account that has none", async () => {
    const { userId } = await makeAda();
    const { change } = await openSession();
    await db().user.update({ where: { id: userId }, data: { passwordHash: null } });
    expect((await change({ currentPassword: "", newPassword })).status).toBe(403);
  });
});

describe("signing out everywhere", () => {
  it("ends every session, this one too, at once", async () => {
    await makeAda();
    const [here, there] = [await openSession(), await openSession()];
    expect((await here.end()).status).toBe(204);
    expect(here.jar.has("parley.session")).toBe(false);
    expect((await there.get()).status).toBe(401);
  });

  it("leaves others signed in", async () => {
    await makeAda();
    const other = await makeUser({ email: "bob@example.com" });
    await (await openSession()).end();
    expect(await db().user.findUnique({ where: { id: other.userId } })).toMatchObject({
      sessionVersion: 0,
    });
  });
});

describe("a session in use", () => {
  it("is written anew once a day, and lives on past its first thirty days", async () => {
    await makeAda();
    const session = await openSession();
    const first = session.jar.get("parley.session");
    await session.get();
    expect(session.jar.get("parley.session")).toBe(first);
    try {
      for (const days of [20, 40, 60]) {
        vi.useFakeTimers({ now: Date.now() + 20 * 24 * 60 * 60 * 1000, toFake: ["Date"] });
        expect((await session.get()).status, `after ${days} days`).toBe(200);
      }
    } finally {
      vi.useRealTimers();
    }
    expect(session.jar.get("parley.session")).not.toBe(first);
  });
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { GET as getSession } from "@/app/api/auth/session/route";
import { hashPassword } from "@/lib/server/auth/password";
import { openBrowser, signIn, type Browser } from "@/lib/server/auth/testing-browser";
import { db } from "@/lib/server/db/client";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { env } from "@/lib/server/env";
import { GET, POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

const email = "ada@example.com";
const password = "correct horse battery";

const makeAda = async () => makeUser({ email, passwordHash: await hashPassword(password) });

const handler = (request: Request, context: { params: Promise<unknown> }) =>
  request.method === "POST" ? POST(request, context) : GET(request, context);

const sessionOf = async ({ call }: Browser) =>
  (await call(getSession, "/api/auth/session")).json() as Promise<{ user?: { email: string } }>;

const publicUrl = env().publicUrl;

afterEach(() => {
  Object.assign(env(), { publicUrl });
});

describe("signing in over HTTP", () => {
  it("sets a session cookie that proves who it is", async () => {
    await makeAda();
    const browser = openBrowser();
    const response = await signIn(browser, handler, { email, password });
    expect(response.status).toBe(200);
    expect(await sessionOf(browser)).toMatchObject({ user: { email, role: "member" } });
  });

  it("sets cookies that no script reads and no other site sends", async () => {
    await makeAda();
    const response = await signIn(openBrowser(), handler, { email, password });
    const line = response.headers.getSetCookie().find((cookie) => cookie.includes("session="));
    expect(line).toMatch(/^parley\.session=.*HttpOnly.*SameSite=Lax/);
    expect(line).not.toMatch(/Domain=/);
  });

  it("sets cookies for https and this host only where the public address is https", async () => {
    Object.assign(env(), { publicUrl: "https://chat.example.com" });
    await makeAda();
    const response = await signIn(openBrowser(), handler, { email, password });
    for (const cookie of response.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-parley\..*Path=\/.*Secure/);
    }
    expect(response.headers.getSetCookie().join()).toContain("__Host-parley.session=");
  });

  it("makes a new session, whatever cookie was planted before", async () => {
    await makeAda();
    const browser = openBrowser();
    browser.jar.set("parley.session", "planted");
    await signIn(browser, handler, { email, password });
    expect(browser.jar.get("parley.session")).not.toBe("planted");
    expect(await sessionOf(browser)).toMatchObject({ user: { email } });
  });

  it.each([
    ["a wrong password", { email, password: "wrong" }],
    ["an empty password", { email, password: "" }],
    ["null", { email, password: null }],
    ["a list", { email, password: [] }],
    ["an object", { email, password: { not: "" } }],
    ["a megabyte", { email, password: "x".repeat(1024 * 1024) }],
    ["an unknown address", { email: "eve@example.com", password }],
    ["nothing", {}],
  ])("with %s answers 401 without a session", async (_name, credentials) => {
    await makeAda();
    const browser = openBrowser();
    const response = await signIn(browser, handler, credentials);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "sign_in_failed" } });
    expect(browser.jar.has("parley.session")).toBe(false);
  });

  it("says how long to wait after too many tries", async () => {
    const browser = openBrowser();
    for (let index = 0; index < 10; index++) {
      await signIn(browser, handler, { email, password: "wrong" });
    }
    const response = await signIn(browser, handler, { email, password: "wrong" });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("300");
    expect(await response.json()).toMatchObject({
      error: { code: "sign_in_throttled", details: { retryAfterSeconds: 300 } },
    });
  });

  it("refuses a form without its token", async () => {
    await makeAda();
    const browser = openBrowser();
    const response = await browser.call(handler, "/api/auth/callback/credentials", {
      method: "POST",
      params: { nextauth: ["callback", "credentials"] },
      body: { email, password, csrfToken: "made up" },
    });
    expect(response.status).toBe(403);
    expect(browser.jar.has("parley.session")).toBe(false);
  });

  it("takes a form as browsers post it", async () => {
    await makeAda();
    const browser = openBrowser();
    const csrf = await browser.call(handler, "/", { params: { nextauth: ["csrf"] } });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const form = new Request("http://localhost:3000/api/auth/callback/credentials", {
      method: "POST",
      headers: {
        cookie: `parley.csrf=${encodeURIComponent(browser.jar.get("parley.csrf") ?? "")}`,
      },
      body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
    });
    const params = Promise.resolve({ nextauth: ["callback", "credentials"] });
    const response = await POST(form, { params });
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toContain("parley.session=");
  });

  it("refuses another site's page, and a body that is no form", async () => {
    const browser = openBrowser();
    const path = { method: "POST", params: { nextauth: ["callback", "credentials"] } };
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const attack = await browser.call(handler, "/", { ...path, body: {}, headers: foreign });
    expect(attack.status).toBe(403);
    const plain = { "content-type": "text/plain" };
    expect((await browser.call(handler, "/", { ...path, body: {}, headers: plain })).status).toBe(
      415,
    );
  });

  it("refuses more than two megabytes before it reads them", async () => {
    const response = await openBrowser().call(handler, "/", {
      method: "POST",
      params: { nextauth: ["callback", "credentials"] },
      body: {},
      headers: { "content-length": "3000000" },
    });
    expect(response.status).toBe(413);
  });
});

describe("a session cookie", () => {
  it.each(["parley.csrf", "parley.callback-url"])("is not the %s cookie", async (name) => {
    await makeAda();
    const browser = openBrowser();
    await signIn(browser, handler, { email, password });
    browser.jar.set("parley.session", browser.jar.get(name) ?? "");
    expect(await sessionOf(browser)).toEqual({});
  });

  it("is not a header that names a user", async () => {
    const { userId } = await makeAda();
    const response = await openBrowser().call(getSession, "/api/auth/session", {
      headers: {
        "x-user-id": userId,
        "x-forwarded-user": email,
        authorization: `Bearer ${userId}`,
      },
    });
    expect(await response.json()).toEqual({});
  });

  it.each([
    ["the session version is raised", { sessionVersion: { increment: 1 } }],
    ["the account is deactivated", { isActive: false }],
  ])("is worth nothing as soon as %s", async (_name, data) => {
    const { userId } = await makeAda();
    const browser = openBrowser();
    await signIn(browser, handler, { email, password });
    await db().user.update({ where: { id: userId }, data });
    expect(await sessionOf(browser)).toEqual({});
  });
});

describe("signing out", () => {
  it("takes the cookie away", async () => {
    await makeAda();
    const browser = openBrowser();
    await signIn(browser, handler, { email, password });
    const csrf = await browser.call(handler, "/", { params: { nextauth: ["csrf"] } });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const response = await browser.call(handler, "/api/auth/signout", {
      method: "POST",
      params: { nextauth: ["signout"] },
      body: { csrfToken },
    });
    expect(response.status).toBe(200);
    expect(browser.jar.has("parley.session")).toBe(false);
  });
});

describe("what else NextAuth brings", () => {
  it.each([
    ["GET", ["signout"]],
    ["GET", ["verify-request"]],
    ["GET", ["callback", "credentials"]],
    ["POST", ["_log"]],
    ["POST", ["session"]],
    ["POST", ["callback", "oidc"]],
    // Without a configured issuer:
    ["GET", ["callback", "oidc"]],
    ["POST", ["signin", "oidc"]],
    ["POST", ["signin", "credentials"]],
    ["GET", ["..", "me"]],
  ])("is not there: %s %j", async (method, nextauth) => {
    const response = await openBrowser().call(handler, "/", {
      method,
      params: { nextauth },
      ...(method === "POST" ? { body: {} } : {}),
    });
    expect(response.status).toBe(404);
  });

  it("leads from its pages to ours, by a path and to no other host", async () => {
    const response = await openBrowser().call(handler, "/api/auth/signin?error=Callback", {
      params: { nextauth: ["signin"] },
      headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
    });
    expect(response.headers.get("location")).toBe("/sign-in?error=Callback");
  });

  it("comes back to the configured address only, whatever the request says", async () => {
    await makeAda();
    const browser = openBrowser();
    for (const callbackUrl of ["https://evil.example/", "//evil.example", "/\\evil.example", []]) {
      const response = await signIn(browser, handler, { email, password, callbackUrl });
      const { url } = (await response.json()) as { url: string };
      expect(new URL(url).origin).toBe("http://localhost:3000");
    }
    const response = await signIn(browser, handler, { email, password, callbackUrl: "/c/1" });
    expect(await response.json()).toEqual({ url: "http://localhost:3000/c/1" });
  });
});

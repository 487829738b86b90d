import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createInvite } from "../db/invites";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { env } from "../env";
import { publicRoute } from "../http/route";
import { findActor } from "./actor";
import { handleAuth } from "./handler";
import { openBrowser, type Browser } from "./testing-browser";
import { startIssuer } from "./testing-issuer";

vi.mock("next/headers", () => import("./testing-browser"));

useTestDatabase();

let issuer: Awaited<ReturnType<typeof startIssuer>>;

beforeAll(async () => {
  issuer = await startIssuer();
  Object.assign(env(), issuer.environment);
});

beforeEach(() => {
  issuer.forge({});
  Object.assign(env(), { SIGNUP: "open", OIDC_ISSUER: issuer.url });
});

afterAll(() => issuer.stop());

const person = { sub: "1", email: "Ada@Example.com", email_verified: true, name: "Ada" };

const handler = (nextauth: string[]) => {
  const route = publicRoute({}, ({ request }) => handleAuth(request, nextauth));
  return (request: Request) => route(request, { params: Promise.resolve({}) });
};

const whoami = publicRoute({}, async () => ({ actor: await findActor() }));

/** Starts the single sign-on in a browser, as the button does; where it leads to. */
async function leave(browser: Browser, query = ""): Promise<string> {
  const csrf = await browser.call(handler(["csrf"]), "/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await browser.call(
    handler(["signin", "oidc"]),
    `/api/auth/signin/oidc${query}`,
    {
      method: "POST",
      body: { csrfToken, callbackUrl: "/c/1" },
    },
  );
  return ((await response.json()) as { url: string }).url;
}

/** Comes back from the issuer; where the browser is then sent to. */
async function comeBack(browser: Browser, address: string): Promise<string | null> {
  const response = await browser.call(handler(["callback", "oidc"]), address);
  expect(response.status).toBe(302);
  return response.headers.get("location");
}

async function signInAs(claims: Record<string, unknown>, browser = openBrowser()) {
  const location = await comeBack(browser, issuer.authorize(await leave(browser), claims));
  const response = await browser.call(whoami, "/");
  const { actor } = (await response.json()) as { actor: { userId: string } | null };
  return { location, actor };
}

describe("single sign-on", () => {
  it("goes to the issuer with state, nonce and PKCE, and back to the configured address", async () => {
    const { origin, searchParams } = new URL(await leave(openBrowser()));
    expect(origin).toBe(issuer.url);
    expect(searchParams.get("redirect_uri")).toBe("http://localhost:3000/api/auth/callback/oidc");
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("state")).toBeTruthy();
    expect(searchParams.get("nonce")).toBeTruthy();
  });

  it("does not let the query change what the issuer is asked", async () => {
    const asked = new URL(
      await leave(openBrowser(), "?redirect_uri=https://evil.example&scope=all&prompt=none"),
    );
    expect(asked.searchParams.get("redirect_uri")).toContain("http://localhost:3000/");
    expect(asked.searchParams.get("scope")).toBe("openid email profile");
    expect(asked.searchParams.has("prompt")).toBe(false);
  });

  it("makes an account the first time and finds it the second", async () => {
    await makeUser({ role: "admin" });
    const first = await signInAs(person);
    expect(first.location).toBe("http://localhost:3000/c/1");
    expect(first.actor).toMatchObject({ role: "member" });
    const second = await signInAs({ ...person, email: "moved@example.com" });
    expect(second.actor).toEqual(first.actor);
    expect(await db().user.findUnique({ where: { id: first.actor?.userId ?? "" } })).toMatchObject({
      email: "ada@example.com",
      name: "Ada",
      passwordHash: null,
    });
  });

  it("makes the first account of all the admin", async () => {
    Object.assign(env(), { SIGNUP: "closed" });
    expect((await signInAs(person)).actor).toMatchObject({ role: "admin" });
  });

  it("ends with the session version, as any other session does", async () => {
    const browser = openBrowser();
    const { actor } = await signInAs(person, browser);
    await db().user.updateMany({ data: { sessionVersion: { increment: 1 } } });
    const response = await browser.call(whoami, "/");
    expect(actor).not.toBeNull();
    expect(await response.json()).toEqual({ actor: null });
  });

  it("opens nothing for a deactivated account", async () => {
    await signInAs(person);
    await db().user.updateMany({ data: { isActive: false } });
    expect(await signInAs(person)).toEqual({ location: "/sign-in?error=sso_failed", actor: null });
  });
});

describe("single sign-on as a way to register", () => {
  it.each(["invite", "closed"])("is none when sign-up is %s", async (mode) => {
    await makeUser({ role: "admin" });
    Object.assign(env(), { SIGNUP: mode });
    const { location, actor } = await signInAs({ ...person, email_verified: undefined });
    expect(location).toBe("/sign-in?error=signup_closed");
    expect(actor).toBeNull();
  });

  it("is one for whom an invite names, by an address that the issuer has verified", async () => {
    const admin = await makeUser({ role: "admin" });
    Object.assign(env(), { SIGNUP: "invite" });
    const given = { tokenHash: "t", email: "ada@example.com", role: "admin", expiresInDays: 7 };
    await createInvite(admin, { ...given, role: "admin" }, new Date());
    expect((await signInAs({ ...person, email_verified: undefined })).actor).toBeNull();
    expect((await signInAs({ ...person, email: "eve@example.com" })).actor).toBeNull();
    expect((await signInAs(person)).actor).toMatchObject({ role: "admin" });
    expect((await signInAs({ ...person, sub: "2" })).actor).toBeNull();
  });

  it.each([
    ["without an address", { email: undefined }],
    ["with an address that is none", { email: "ada" }],
    ["with an address that is not verified", { email_verified: false }],
  ])("makes no account %s", async (_name, claims) => {
    const { location, actor } = await signInAs({ ...person, ...claims });
    expect(location).toBe("/sign-in?error=sso_failed");
    expect(actor).toBeNull();
    expect(await db().user.count()).toBe(0);
  });
});

describe("nobody takes an account over", () => {
  it.each([["hash"], [undefined]])(
    "by its e-mail address, verified or not, with or without a password (%s)",
    async (passwordHash) => {
      await makeUser({
        role: "admin",
        email: "ada@example.com",
        ...(passwordHash === undefined ? {} : { passwordHash }),
      });
      const { location, actor } = await signInAs(person);
      expect(location).toBe("/sign-in?error=email_taken");
      expect(actor).toBeNull();
      expect(await db().account.count()).toBe(0);
    },
  );

  it("with the same subject of another issuer", async () => {
    const first = await signInAs(person);
    const other = await startIssuer();
    Object.assign(env(), { OIDC_ISSUER: other.url });
    const browser = openBrowser();
    const back = other.authorize(await leave(browser), { ...person, email: "eve@example.com" });
    await comeBack(browser, back);
    const response = await browser.call(whoami, "/");
    const { actor } = (await response.json()) as typeof first;
    expect(actor?.userId).not.toBe(first.actor?.userId);
    await other.stop();
  });

  it("by coming back in another browser than the one that left", async () => {
    const back = issuer.authorize(await leave(openBrowser()), person);
    const victim = openBrowser();
    await leave(victim);
    expect(await comeBack(victim, back)).toBe("/sign-in?error=sso_failed");
    expect(await comeBack(openBrowser(), back)).toBe("/sign-in?error=sso_failed");
    expect(await db().user.count()).toBe(0);
  });

  it("with a code that was used before", async () => {
    const browser = openBrowser();
    const back = issuer.authorize(await leave(browser), person);
    const cookies = new Map(browser.jar);
    await comeBack(browser, back);
    const thief = openBrowser();
    for (const [name, value] of cookies) thief.jar.set(name, value);
    expect(await comeBack(thief, back)).toBe("/sign-in?error=sso_failed");
  });

  it.each([
    ["for another client", { aud: "another" }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["with another nonce", { nonce: "another" }],
    ["that has expired", { exp: 1 }],
  ])("with a token %s", async (_name, claims) => {
    issuer.forge(claims);
    const { location, actor } = await signInAs(person);
    expect(location).toBe("/sign-in?error=sso_failed");
    expect(actor).toBeNull();
    expect(await db().user.count()).toBe(0);
  });

  it.each(["parley.state", "parley.nonce", "parley.pkce"])(
    "with the %s cookie in place of the session's",
    async (name) => {
      const browser = openBrowser();
      await leave(browser);
      expect(browser.jar.get(name)).toBeTruthy();
      browser.jar.set("parley.session", browser.jar.get(name) ?? "");
      const response = await browser.call(whoami, "/");
      expect(await response.json()).toEqual({ actor: null });
    },
  );
});

describe("an issuer that does not answer", () => {
  it("is said so, and nothing else breaks", async () => {
    Object.assign(env(), { OIDC_ISSUER: "http://127.0.0.1:1" });
    const browser = openBrowser();
    const csrf = await browser.call(handler(["csrf"]), "/api/auth/csrf");
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const response = await browser.call(handler(["signin", "oidc"]), "/api/auth/signin/oidc", {
      method: "POST",
      body: { csrfToken },
    });
    expect(await response.json()).toMatchObject({ error: { code: "sso_failed" } });
  });
});

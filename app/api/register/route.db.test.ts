import { beforeEach, describe, expect, it, vi } from "vitest";
import { openBrowser } from "@/lib/server/auth/testing-browser";
import { db } from "@/lib/server/db/client";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { env } from "@/lib/server/env";
import { POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

beforeEach(() => {
  Object.assign(env(), { SIGNUP: "open" });
});

const form = { email: "ada@example.com", password: "correct horse", name: "Ada" };

const register = (body: unknown, browser = openBrowser()) =>
  browser.call(POST, "/api/register", { method: "POST", body });

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe("registering", () => {
  it("makes an account and signs nobody in", async () => {
    const browser = openBrowser();
    const response = await register({ ...form, email: " Ada@Example.com" }, browser);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: form.email, role: "admin" });
    expect(browser.jar.size).toBe(0);
  });

  it("keeps the password as a hash only", async () => {
    await register(form);
    const [user] = await db().user.findMany();
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(user)).not.toContain(form.password);
  });

  it("makes one admin of twenty who come first together", async () => {
    Object.assign(env(), { SIGNUP: "closed" });
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        register({ ...form, email: `person${index}@example.com` }),
      ),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
  });

  it("is refused where sign-up is closed, or by invite without one", async () => {
    await makeUser({ role: "admin" });
    for (const mode of ["closed", "invite"]) {
      Object.assign(env(), { SIGNUP: mode });
      const response = await register(form);
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe("signup_closed");
    }
    const response = await register({ ...form, invite: "made up" });
    expect(await codeOf(response)).toBe("invite_invalid");
  });

  it.each([
    ["a role", { role: "admin" }],
    ["a short password", { password: "short" }],
    ["a long password", { password: "x".repeat(129) }],
    ["no address", { email: "ada" }],
    ["a blank name", { name: " \u0000\n " }],
    ["a list", { email: [form.email] }],
  ])("with %s is refused", async (_name, wrong) => {
    expect((await register({ ...form, ...wrong })).status).toBe(400);
    expect(await db().user.count()).toBe(0);
  });

  it("takes a name in any script, and what PostgreSQL can't hold out of it", async () => {
    const response = await register({ ...form, name: " 李\u0000雷\ud800 😀 " });
    expect(await response.json()).toMatchObject({ name: "李雷\ufffd 😀" });
  });

  it("is slowed down when one address registers without end", async () => {
    await makeUser({ role: "admin" });
    Object.assign(env(), { SIGNUP: "closed" });
    const responses = await Promise.all(Array.from({ length: 210 }, () => register(form)));
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(10);
    const elsewhere = await register(form, openBrowser({ address: "198.51.100.1" }));
    expect(elsewhere.status).toBe(403);
  });
});

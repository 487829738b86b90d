import { App, adminAccount } from "./fixtures/app";
import { ApiClient } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

test.describe("sessions", () => {
  test("signing out everywhere ends every session at once", async ({ app, member }) => {
    const other = new ApiClient(app.url);
    await other.signIn(member);
    await member.api.send("DELETE", "/api/me/sessions");
    for (const client of [member.api, other]) {
      expect((await client.request("GET", "/api/me")).status).toBe(401);
    }
    await member.api.signIn(member);
  });

  test("changing the password ends the other sessions, and keeps this one", async ({
    app,
    member,
  }) => {
    const other = new ApiClient(app.url);
    await other.signIn(member);
    const wrong = { currentPassword: "not it", newPassword: "another long one" };
    expect((await member.api.request("POST", "/api/me/password", wrong)).status).toBe(403);
    const right = { currentPassword: member.password, newPassword: "another long one" };
    await member.api.send("POST", "/api/me/password", right);
    expect((await member.api.request("GET", "/api/me")).status).toBe(200);
    expect((await other.request("GET", "/api/me")).status).toBe(401);
    await expect(new ApiClient(app.url).signIn(member)).rejects.toThrow();
    await other.signIn({ ...member, password: "another long one" });
  });

  test("deactivation and demotion take effect on the next request", async ({ app, newMember }) => {
    const bob = await newMember("Bob");
    const { id } = await bob.api.read<{ id: string }>("/api/me");
    await app.admin.send("PATCH", `/api/admin/users/${id}`, { role: "admin" });
    expect((await bob.api.request("GET", "/api/admin/users")).status).toBe(200);
    await app.admin.send("PATCH", `/api/admin/users/${id}`, { role: "member" });
    expect((await bob.api.request("GET", "/api/admin/users")).status).toBe(403);
    await app.admin.send("PATCH", `/api/admin/users/${id}`, { isActive: false });
    expect((await bob.api.request("GET", "/api/me")).status).toBe(401);
    await expect(bob.api.signIn(bob)).rejects.toThrow();
  });

  test("odd credentials never make a session", async ({ app, member }) => {
    const { email } = member;
    const tries = ["", " ", "x".repeat(1_000_000), `${member.password} `];
    for (const password of tries) {
      await expect(new ApiClient(app.url).signIn({ email, password })).rejects.toThrow();
    }
  });

  test("guessing is slowed down, and the owner elsewhere is not locked out", async ({
    app,
    member,
  }) => {
    const guesser = new ApiClient(app.url);
    const codes: string[] = [];
    for (let guess = 1; guess <= 12; guess += 1) {
      const response = await guesser.trySignIn({ ...member, password: `guess ${String(guess)}` });
      codes.push(await response.text());
    }
    expect(codes.at(-1)).toContain("sign_in_throttled");
    expect(codes[0]).toContain("sign_in_failed");
    await new ApiClient(app.url).signIn(member);
  });
});

test.describe("a new instance", () => {
  test("has exactly one admin, however many register first at once", async () => {
    const app = await App.start({ env: { SIGNUP: "open" } });
    const clients = Array.from({ length: 8 }, () => new ApiClient(app.url));
    await Promise.allSettled(
      clients.map((client, index) =>
        client.register({
          name: "First",
          email: `first-${String(index)}@example.com`,
          password: "a long password",
        }),
      ),
    );
    const roles: string[] = [];
    for (const [index, client] of clients.entries()) {
      await client.signIn({
        email: `first-${String(index)}@example.com`,
        password: "a long password",
      });
      roles.push((await client.read<{ role: string }>("/api/me")).role);
    }
    await app.stop();
    expect(roles.filter((role) => role === "admin")).toHaveLength(1);
  });

  test("takes its first admin from the environment", async () => {
    const { email, password } = adminAccount;
    const app = await App.start({ env: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } });
    const admin = new ApiClient(app.url);
    await admin.signIn({ email, password });
    const profile = await admin.read<{ role: string }>("/api/me");
    await app.stop();
    expect(profile.role).toBe("admin");
  });
});

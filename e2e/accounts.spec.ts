import { adminAccount } from "./fixtures/app";
import { ApiClient } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";
import { Sidebar } from "./pages/sidebar";

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
    expect((await bob.api.request("GET", "/api/admin/users")).status).toBe(401);
    await bob.api.signIn(bob);
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
  test("has exactly one admin, however many register first at once", async ({ startApp }) => {
    const app = await startApp({ env: { SIGNUP: "open" } });
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
    expect(roles.filter((role) => role === "admin")).toHaveLength(1);
  });

  test("takes its first admin from the environment", async ({ startApp }) => {
    const { email, password } = adminAccount;
    const app = await startApp({ env: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } });
    const admin = new ApiClient(app.url);
    await admin.signIn({ email, password });
    const profile = await admin.read<{ role: string }>("/api/me");
    expect(profile.role).toBe("admin");
  });
});

test.describe("at the door", () => {
  test("an invite link lets one person in, once", async ({ openBrowser, startApp }) => {
    const app = await startApp({ isConnected: true });
    const { url } = await app.admin.send<{ url: string }>("POST", "/api/admin/invites", {});
    const page = await openBrowser(app, null);
    const entry = new EntryPage(page);
    const bob = { name: "Bob", email: "bob@example.com", password: "a long password" };
    await page.goto(url);
    await entry.register(bob);
    await expect(new Sidebar(page).newConversation).toBeVisible();
    const second = await openBrowser(app, null);
    await second.goto(url);
    await expect(
      second.getByRole("heading", { name: entry.say("auth.register.inviteInvalidTitle") }),
    ).toBeVisible();
    await second.goto("/register");
    await expect(
      second.getByRole("heading", { name: entry.say("auth.register.closedTitle") }),
    ).toBeVisible();
  });

  test("leads to sign-in, says when the password is wrong, and comes back to where one was going", async ({
    app,
    member,
    openBrowser,
    watch,
  }) => {
    watch.allow(/status of 401/);
    const conversationId = await member.api.completeTurn("Where I was going");
    const page = await openBrowser(app, null);
    const entry = new EntryPage(page);
    await page.goto(`/c/${conversationId}`);
    await expect(entry.signInHeading).toBeVisible();
    await entry.signIn({ ...member, password: "not the password" });
    await expect(entry.alert).toHaveText(entry.say("errors.sign_in_failed"));
    await entry.signIn(member);
    await expect(page).toHaveURL(`/c/${conversationId}`);
    await expect(page.getByRole("main").getByText("Where I was going").first()).toBeVisible();
  });

  test("does not lead away to another site", async ({ app, member, openBrowser }) => {
    for (const next of ["https://evil.example.com", "//evil.example.com", "/\\evil.example.com"]) {
      const page = await openBrowser(app, null);
      const entry = new EntryPage(page);
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await entry.signIn(member);
      await expect(new Sidebar(page).newConversation).toBeVisible();
      expect(new URL(page.url()).hostname).toBe("localhost");
    }
  });

  test("signing out leaves nothing behind, and Back shows nothing", async ({
    memberPage,
    member,
  }) => {
    await member.api.completeTurn("A secret plan");
    await memberPage.goto("/");
    const sidebar = new Sidebar(memberPage);
    await sidebar.conversation("A secret plan").click();
    await expect(memberPage).toHaveURL(/\/c\//);
    await sidebar.signOut();
    await expect(new EntryPage(memberPage).signInHeading).toBeVisible();
    await memberPage.goBack();
    await expect(new EntryPage(memberPage).signInHeading).toBeVisible();
    await expect(memberPage.getByText("A secret plan")).toBeHidden();
  });
});

test.describe("in another browser", () => {
  test("everything is there", async ({ app, member, openBrowser, memberPage }) => {
    await memberPage.goto("/");
    const chat = new ChatPage(memberPage);
    await chat.send("Written in the first browser");
    await chat.waitUntilAnswered();
    const page = await openBrowser(app, null);
    await page.goto("/sign-in");
    await new EntryPage(page).signIn(member);
    await new Sidebar(page).conversation("Written in the first browser").click();
    await expect(page.getByText("You said: Written in the first browser")).toBeVisible();
  });

  test("signing out everywhere, from the settings, ends it within a second", async ({
    app,
    member,
    memberPage,
    openBrowser,
  }) => {
    const elsewhere = await openBrowser(app, member.api);
    await elsewhere.goto("/");
    await memberPage.goto("/settings/security");
    const { say } = new EntryPage(memberPage);
    const submit = { name: say("settings.security.sessionsSubmit") };
    await memberPage.getByRole("button", submit).click();
    await memberPage.getByRole("dialog").getByRole("button", submit).click();
    await expect(new EntryPage(memberPage).signInHeading).toBeVisible();
    await elsewhere.reload();
    await expect(new EntryPage(elsewhere).signInHeading).toBeVisible();
  });

  test("a changed password signs the others out, and keeps this one", async ({
    app,
    member,
    memberPage,
    openBrowser,
    watch,
  }) => {
    watch.allow(/status of 403/);
    const elsewhere = await openBrowser(app, member.api);
    await elsewhere.goto("/");
    await memberPage.goto("/settings/security");
    const { say } = new EntryPage(memberPage);
    const field = (name: string) => memberPage.getByLabel(name, { exact: true });
    const submit = memberPage.getByRole("button", { name: say("settings.security.submit") });
    await field(say("settings.security.current")).fill("not it");
    await field(say("settings.security.new")).fill("an even longer one");
    await submit.click();
    await expect(memberPage.getByText(say("errors.wrong_password"))).toBeVisible();
    await field(say("settings.security.current")).fill(member.password);
    await submit.click();
    await expect(memberPage.getByText(say("settings.security.changed"))).toBeVisible();
    await elsewhere.reload();
    await expect(new EntryPage(elsewhere).signInHeading).toBeVisible();
    await memberPage.reload();
    await expect(field(say("settings.security.current"))).toBeVisible();
  });
});

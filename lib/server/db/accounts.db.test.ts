import { describe, expect, it } from "vitest";
import type { SignUpMode } from "@/lib/domain/accounts/sign-up";
import type { Actor } from "@/lib/domain/actor";
import { createAccount, createFirstAccount, findIdentityUser, type InviteProof } from "./accounts";
import { db } from "./client";
import { createInvite } from "./invites";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const system = { system: "test" };
const now = new Date(Date.UTC(2026, 0, 1));
const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

type SignUp = { mode?: SignUpMode; invite?: InviteProof | null; at?: Date };

const signUp = (email: string, { mode = "invite", invite = null, at = now }: SignUp = {}) =>
  createAccount(
    system,
    { email, name: "Somebody", passwordHash: "hash" },
    { mode, invite, now: at },
  );

const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) =>
    result.status === "fulfilled" ? "made" : (result.reason as { code: string }).code,
  );

const makeInvite = (
  admin: Actor,
  given: { email?: string; role?: "admin" | "member"; tokenHash?: string } = {},
) => createInvite(admin, { tokenHash: "token", role: "member", expiresInDays: 7, ...given }, now);

const roleOf = async (id: string) =>
  (await db().user.findUniqueOrThrow({ where: { id }, select: { role: true } })).role;

describe("the first account", () => {
  it.each(["open", "invite", "closed"] as const)(
    "is the admin when sign-up is %s",
    async (mode) => {
      expect(await roleOf(await signUp("first@example.com", { mode }))).toBe("admin");
    },
  );

  it.each([
    ["open", 20],
    ["invite", 1],
    ["closed", 1],
  ] as const)(
    "is the only admin when twenty sign up at once and sign-up is %s",
    async (mode, accounts) => {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          // Half of them come from a single sign-on.
          createAccount(
            system,
            {
              email: `person${index}@example.com`,
              name: "Somebody",
              passwordHash: index % 2 ? "hash" : null,
              ...(index % 2 ? {} : { identity: { issuer: "issuer", subject: `${index}` } }),
            },
            { mode, invite: null, now },
          ),
        ),
      );
      expect(codesOf(results).filter((code) => code === "made")).toHaveLength(accounts);
      expect(await db().user.count()).toBe(accounts);
      expect(await db().user.count({ where: { role: "admin" } })).toBe(1);
    },
  );

  it("is made from the environment once, also when several instances start at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        createFirstAccount(system, {
          email: `admin${index}@example.com`,
          name: "Admin",
          passwordHash: "hash",
        }),
      ),
    );
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
  });
});

describe("an invite", () => {
  const invite = { tokenHash: "token" };

  it("gives the role that it names", async () => {
    const admin = await makeUser({ role: "admin" });
    await makeInvite(admin, { role: "admin" });
    expect(await roleOf(await signUp("second@example.com", { invite }))).toBe("admin");
  });

  it("admits one of ten who use it at once", async () => {
    await makeInvite(await makeUser({ role: "admin" }));
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => signUp(`person${index}@example.com`, { invite })),
    );
    expect(codesOf(results).sort()).toEqual([...Array<string>(9).fill("invite_invalid"), "made"]);
    const [stored] = await db().invite.findMany();
    expect(stored?.usedById).toBe((await db().user.findFirst({ where: { role: "member" } }))?.id);
  });

  it("admits only the address that it is for", async () => {
    await makeInvite(await makeUser({ role: "admin" }), { email: "ada@example.com" });
    await expect(signUp("eve@example.com", { invite })).rejects.toMatchObject({
      code: "invite_invalid",
    });
    await signUp("ada@example.com", { invite });
  });

  it("admits nobody once it has expired", async () => {
    await makeInvite(await makeUser({ role: "admin" }));
    await expect(signUp("late@example.com", { invite, at: days(8) })).rejects.toMatchObject({
      code: "invite_invalid",
    });
  });

  it("admits nobody once its maker is no active admin any more", async () => {
    const admin = await makeUser({ role: "admin" });
    await makeInvite(admin);
    for (const data of [{ role: "member" }, { role: "admin", isActive: false }] as const) {
      await db().user.update({ where: { id: admin.userId }, data });
      await expect(signUp("second@example.com", { invite })).rejects.toMatchObject({
        code: "invite_invalid",
      });
    }
  });

  it("admits nobody while sign-up is closed", async () => {
    await makeInvite(await makeUser({ role: "admin" }));
    await expect(signUp("second@example.com", { invite, mode: "closed" })).rejects.toMatchObject({
      code: "signup_closed",
    });
  });

  it("stays good when the registration fails for another reason", async () => {
    const admin = await makeUser({ role: "admin", email: "taken@example.com" });
    await makeInvite(admin);
    await expect(signUp("taken@example.com", { invite })).rejects.toMatchObject({
      code: "email_taken",
    });
    await signUp("free@example.com", { invite });
  });

  it("must be good even when sign-up is open", async () => {
    await makeUser();
    const wrong = { tokenHash: "made up" };
    await expect(
      signUp("second@example.com", { invite: wrong, mode: "open" }),
    ).rejects.toMatchObject({ code: "invite_invalid" });
  });
});

describe("an address", () => {
  it("belongs to one account when two ask for it at once", async () => {
    await makeUser({ role: "admin" });
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => signUp("same@example.com", { mode: "open" })),
    );
    expect(codesOf(results).sort()).toEqual([...Array<string>(4).fill("email_taken"), "made"]);
  });

  it("is not told apart from others where nobody may sign up", async () => {
    await makeUser({ email: "ada@example.com" });
    const results = await Promise.allSettled([
      signUp("ada@example.com"),
      signUp("nobody@example.com"),
    ]);
    expect(codesOf(results)).toEqual(["signup_closed", "signup_closed"]);
  });
});

describe("an identity", () => {
  it("belongs to the account that was made for it", async () => {
    const identity = { issuer: "https://issuer.example", subject: "1" };
    const id = await createAccount(
      system,
      { email: "sso@example.com", name: "Somebody", passwordHash: null, identity },
      { mode: "open", invite: null, now },
    );
    expect(await findIdentityUser(system, identity)).toMatchObject({ id });
    expect(await findIdentityUser(system, { ...identity, issuer: "https://other" })).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { db } from "./client";
import { makeUser, useTestDatabase } from "./testing";
import { findActiveUser, findUsers, hasUsers, updateUser } from "./users";

useTestDatabase();

const system = { system: "test" };

const versionOf = async (id: string) =>
  (await db().user.findUniqueOrThrow({ where: { id } })).sessionVersion;

describe("an active user", () => {
  it("is found with role and session version, and not once deactivated", async () => {
    const { userId } = await makeUser({ role: "admin" });
    expect(await findActiveUser(system, userId)).toMatchObject({
      role: "admin",
      sessionVersion: 0,
    });
    await db().user.update({ where: { id: userId }, data: { isActive: false } });
    expect(await findActiveUser(system, userId)).toBeNull();
    expect(await findActiveUser(system, "nobody")).toBeNull();
  });

  it("is what makes an instance have users", async () => {
    expect(await hasUsers(system)).toBe(false);
    await makeUser();
    expect(await hasUsers(system)).toBe(true);
  });
});

describe("the list of users", () => {
  it("comes in pages, newest first, each user once", async () => {
    const admin = await makeUser({ role: "admin" });
    for (let index = 0; index < 6; index++) await makeUser();
    const ids: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await findUsers(admin, { limit: 3, ...(cursor ? { cursor } : {}) });
      ids.push(...page.users.map((user) => user.id));
      ({ cursor } = page);
    } while (cursor !== null);
    expect(ids).toHaveLength(7);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  it("holds no password hash", async () => {
    const admin = await makeUser({ role: "admin", passwordHash: "secret-hash" });
    expect(JSON.stringify(await findUsers(admin, { limit: 10 }))).not.toContain("secret-hash");
  });

  it("is not for members", async () => {
    await expect(findUsers(await makeUser(), { limit: 10 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("changing a user", () => {
  it.each([{ role: "member" }, { isActive: false }] as const)(
    "with %j ends their sessions",
    async (patch) => {
      const admin = await makeUser({ role: "admin" });
      const { userId } = await makeUser({ role: "admin" });
      expect(await updateUser(admin, userId, patch)).toMatchObject({ id: userId, ...patch });
      expect(await versionOf(userId)).toBe(1);
    },
  );

  it("to an admin leaves their sessions alone", async () => {
    const admin = await makeUser({ role: "admin" });
    const { userId } = await makeUser();
    await updateUser(admin, userId, { role: "admin" });
    expect(await versionOf(userId)).toBe(0);
  });

  it("to what they are already changes nothing", async () => {
    const admin = await makeUser({ role: "admin" });
    const { userId } = await makeUser();
    await updateUser(admin, userId, { role: "member", isActive: true });
    await updateUser(admin, userId, {});
    expect(await versionOf(userId)).toBe(0);
  });

  it("never takes the last active admin away", async () => {
    const admin = await makeUser({ role: "admin" });
    const retired = await makeUser({ role: "admin" });
    await updateUser(admin, retired.userId, { isActive: false });
    for (const patch of [{ role: "member" }, { isActive: false }] as const) {
      await expect(updateUser(admin, admin.userId, patch)).rejects.toMatchObject({
        code: "conflict",
      });
    }
  });

  it("leaves an admin when all demote each other at once", async () => {
    const admins = await Promise.all(Array.from({ length: 4 }, () => makeUser({ role: "admin" })));
    await Promise.allSettled(
      admins.map((actor, index) => {
        const target = admins[(index + 1) % admins.length] ?? actor;
        return updateUser(actor, target.userId, { role: "member" });
      }),
    );
    const left = await db().user.count({ where: { role: "admin", isActive: true } });
    expect(left).toBeGreaterThanOrEqual(1);
  });

  it("is refused to whoever was an admin a moment ago", async () => {
    const admin = await makeUser({ role: "admin" });
    const former = await makeUser({ role: "admin" });
    await updateUser(admin, former.userId, { role: "member" });
    await expect(updateUser(former, admin.userId, { role: "member" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("who does not exist says so", async () => {
    const admin = await makeUser({ role: "admin" });
    await expect(updateUser(admin, "00000000-none", { isActive: false })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

import { describe, expect, it } from "vitest";
import { db } from "../db/client";
import { makeUser, useTestDatabase } from "../db/testing";
import { hashPassword } from "./password";
import { signInWithPassword } from "./sign-in";

useTestDatabase();

const email = "ada@example.com";
const password = "correct horse battery";
const home = "192.0.2.1";
const start = Date.UTC(2026, 0, 1);
const after = (seconds: number) => new Date(start + seconds * 1000);

const makeAda = async () => makeUser({ email, passwordHash: await hashPassword(password) });

/** The code that a sign-in is refused with, or "signed in". */
async function attempt(given: unknown, address = home, at = 0): Promise<string> {
  try {
    await signInWithPassword(given, address, after(at));
    return "signed in";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("signing in by password", () => {
  it("opens a session of the current version", async () => {
    const ada = await makeAda();
    await db().user.update({ where: { id: ada.userId }, data: { sessionVersion: 7 } });
    const session = await signInWithPassword({ email, password }, home, after(0));
    expect(session).toEqual({ userId: ada.userId, version: 7 });
  });

  it("takes the address as people type it", async () => {
    await makeAda();
    expect(await attempt({ email: "  ＡDA@Example.COM ", password })).toBe("signed in");
  });

  it.each([
    ["an empty password", ""],
    ["a blank", " "],
    ["null", null],
    ["a list", []],
    ["a list with the password", [password]],
    ["an object", {}],
    ["a query", { not: "" }],
    ["a number", 12_345_678],
    ["nothing", undefined],
    ["73 bytes", "p".repeat(73)],
    ["a megabyte", password.padEnd(1024 * 1024, "x")],
  ])("with %s opens nothing", async (_name, wrong) => {
    await makeAda();
    expect(await attempt({ email, password: wrong })).toBe("sign_in_failed");
  });

  it.each([
    ["null", null],
    ["a list", [email]],
    ["a query", { contains: "@" }],
    ["a pattern", "%"],
  ])("with %s for an address opens nothing", async (_name, wrong) => {
    await makeAda();
    expect(await attempt({ email: wrong, password })).toBe("sign_in_failed");
  });

  it.each([null, undefined, "text", 3, []])("with %j for a form opens nothing", async (given) => {
    expect(await attempt(given)).toBe("sign_in_failed");
  });

  it("opens nothing for an account without a password, whatever is typed", async () => {
    await makeUser({ email });
    for (const typed of ["", " ", "null", "undefined", password]) {
      expect(await attempt({ email, password: typed })).toBe("sign_in_failed");
    }
  });

  it("opens nothing for a deactivated account", async () => {
    const ada = await makeAda();
    await db().user.update({ where: { id: ada.userId }, data: { isActive: false } });
    expect(await attempt({ email, password })).toBe("sign_in_failed");
  });

  it("does not hash a megabyte", async () => {
    await makeAda();
    const before = process.cpuUsage();
    await attempt({ email, password: "x".repeat(1024 * 1024) });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

describe("two hundred wrong passwords", () => {
  const guess = (index: number) => ({ email, password: `guess ${index}` });

  async function guessFrom(address: (index: number) => string): Promise<string[]> {
    return Promise.all(
      Array.from({ length: 200 }, (_, index) => attempt(guess(index), address(index))),
    );
  }

  it("from one address are tried ten times, and the right one then waits too", async () => {
    await makeAda();
    const codes = await guessFrom(() => home);
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(10);
    expect(codes.filter((code) => code === "sign_in_throttled")).toHaveLength(190);
    expect(await attempt({ email, password }, home, 1)).toBe("sign_in_throttled");
    expect(await attempt({ email, password }, home, 15 * 60)).toBe("signed in");
  });

  it("say how long to wait", async () => {
    for (let index = 0; index < 10; index++) await attempt(guess(index));
    await expect(signInWithPassword(guess(10), home, after(60))).rejects.toMatchObject({
      code: "sign_in_throttled",
      details: { retryAfterSeconds: 240 },
    });
  });

  it("from two hundred addresses are tried twenty times", async () => {
    await makeAda();
    const codes = await guessFrom((index) => `198.51.100.${index}`);
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(20);
  });

  it("from elsewhere do not lock the owner out at home", async () => {
    await makeAda();
    expect(await attempt({ email, password }, home, -60)).toBe("signed in");
    await guessFrom((index) => `198.51.100.${index}`);
    expect(await attempt({ email, password }, "203.0.113.9", 1)).toBe("sign_in_throttled");
    expect(await attempt({ email, password }, home, 1)).toBe("signed in");
  });

  it("look the same for an address that nobody has", async () => {
    const codes = await guessFrom(() => home);
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(10);
    expect(codes.filter((code) => code === "sign_in_throttled")).toHaveLength(190);
  });

  it("spread over two hundred accounts are tried a hundred times from one address", async () => {
    const codes = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        attempt({ email: `person${index}@example.com`, password: "Summer2026" }),
      ),
    );
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(100);
  });
});

describe("right passwords", () => {
  it("never run into a limit, however often", async () => {
    await makeAda();
    for (let index = 0; index < 25; index++) {
      expect(await attempt({ email, password })).toBe("signed in");
    }
  });

  it("leave no trace of what was typed", async () => {
    await makeAda();
    await attempt({ email, password });
    await attempt({ email: "my-password@example.com", password });
    const rows = JSON.stringify(await db().throttle.findMany());
    expect(rows).not.toMatch(/ada|my-password|192\.0\.2/);
  });
});

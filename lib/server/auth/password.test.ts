import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password";

describe("a password", () => {
  it("is stored as argon2id with OWASP's parameters and a salt of its own", async () => {
    const [first, second] = await Promise.all([hashPassword("same"), hashPassword("same")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it("fits its own hash only", async () => {
    const hash = await hashPassword("correct horse");
    expect(await verifyPassword(hash, "correct horse")).toBe(true);
    expect(await verifyPassword(hash, "correct horse ")).toBe(false);
    expect(await verifyPassword(hash, "")).toBe(false);
  });

  it("counts to its last character, past the 72 bytes where bcrypt stops", async () => {
    const long = "p".repeat(72);
    const hash = await hashPassword(`${long}a`);
    expect(await verifyPassword(hash, `${long}a`)).toBe(true);
    expect(await verifyPassword(hash, `${long}b`)).toBe(false);
  });

  it("is never right where there is no hash", async () => {
    expect(await verifyPassword(null, "")).toBe(false);
    expect(await verifyPassword(null, "anything")).toBe(false);
  });

  it("is checked in turn when many come at once, and every one is answered", async () => {
    const hash = await hashPassword("right");
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => verifyPassword(hash, index % 2 ? "right" : "wrong")),
    );
    expect(answers.filter(Boolean)).toHaveLength(6);
  });
});

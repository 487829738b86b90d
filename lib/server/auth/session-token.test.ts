import { encode } from "next-auth/jwt";
import { describe, expect, it, vi } from "vitest";
import { env } from "../env";
import { readSessionToken, writeSessionToken } from "./session-token";

const session = { userId: "01900000-0000-7000-8000-000000000001", version: 3 };

const claims = { sub: session.userId, sessionVersion: session.version };

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a session token", () => {
  it("says whose session it is, which version, and how old", async () => {
    const read = await readSessionToken(await writeSessionToken(session));
    expect(read).toMatchObject(session);
    expect(read?.ageSeconds).toBeLessThan(5);
  });

  it("holds nothing in clear", async () => {
    const token = await writeSessionToken(session);
    expect(Buffer.from(token.split(".").join(""), "base64url").toString()).not.toContain(
      session.userId,
    );
  });

  it("is over after thirty days", async () => {
    const token = await writeSessionToken(session);
    vi.useFakeTimers({ now: Date.now() + 31 * 24 * 60 * 60 * 1000 });
    try {
      expect(await readSessionToken(token)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("what is no session token", () => {
  const unsigned = `${base64url({ alg: "none" })}.${base64url({ ...claims, exp: 9e9, iat: 1 })}.`;

  it.each([
    ["nothing", ""],
    ["words", "not a token"],
    ["an unsigned token", unsigned],
    ["an unsigned token of five parts", `${base64url({ alg: "none" })}....`],
    ["a user's id", session.userId],
    ["ten kilobytes", "a.b.c.d.".padEnd(10_000, "e")],
  ])("%s opens nothing", async (_name, token) => {
    expect(await readSessionToken(token)).toBeNull();
  });

  it("a token made with another key opens nothing", async () => {
    const token = await encode({ token: claims, secret: "x".repeat(44), salt: "parley.session" });
    expect(await readSessionToken(token)).toBeNull();
  });

  it.each(["", "parley.state", "parley.pkce", "parley.nonce"])(
    "a token made with our key for another purpose (%j) opens nothing",
    async (salt) => {
      const token = await encode({ token: claims, secret: env().sessionSecret, salt });
      expect(await readSessionToken(token)).toBeNull();
    },
  );

  it("a token of ours that lacks a version opens nothing", async () => {
    const token = await encode({
      token: { sub: session.userId },
      secret: env().sessionSecret,
      salt: "parley.session",
    });
    expect(await readSessionToken(token)).toBeNull();
  });

  it("a token with one character changed opens nothing, though its first part is the same", async () => {
    const token = await writeSessionToken(session);
    const at = token.length - 40;
    const other = token[at] === "A" ? "B" : "A";
    const forged = token.slice(0, at) + other + token.slice(at + 1);
    expect(forged.slice(0, 20)).toBe(token.slice(0, 20));
    expect(await readSessionToken(forged)).toBeNull();
  });
});

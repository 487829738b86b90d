import { describe, expect, it } from "vitest";
import { open, seal, SealError } from "./seal";

const masterKey = Buffer.alloc(32, 1).toString("base64");
const otherKey = Buffer.alloc(32, 2).toString("base64");
const binding = { purpose: "provider-key", rowId: "row-1" } as const;

describe("a sealed secret", () => {
  it("opens to what was sealed", () => {
    for (const secret of ["sk-secret", "", "密钥 🔑", "x".repeat(10_000)]) {
      expect(open(seal(secret, binding, masterKey), binding, masterKey)).toBe(secret);
    }
  });

  it("shows nothing of the secret, and is different each time", () => {
    const one = seal("sk-secret", binding, masterKey);
    const two = seal("sk-secret", binding, masterKey);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(one.slice(3), "base64url").toString("latin1")).not.toContain("secret");
  });

  it("does not open for another row, purpose or key", () => {
    const sealed = seal("sk-secret", binding, masterKey);
    const other = { ...binding, rowId: "row-2" };
    expect(() => open(sealed, other, masterKey)).toThrow(SealError);
    expect(() => open(sealed, { ...binding, purpose: "canary" }, masterKey)).toThrow(SealError);
    expect(() => open(sealed, binding, otherKey)).toThrow(SealError);
  });

  it("does not open when any byte of it was altered", () => {
    const box = Buffer.from(seal("sk-secret", binding, masterKey).slice(3), "base64url");
    for (let index = 0; index < box.length; index++) {
      const altered = Buffer.from(box);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      const sealed = `v1.${altered.toString("base64url")}`;
      expect(() => open(sealed, binding, masterKey)).toThrow(SealError);
    }
  });

  it.each(["", "v1.", "v1.AAAA", "v2.AAAA", "sk-secret", "v1"])("is not %j", (sealed) => {
    expect(() => open(sealed, binding, masterKey)).toThrow(SealError);
  });

  it("needs a key of 32 bytes", () => {
    expect(() => seal("x", binding, "c2hvcnQ=")).toThrow(SealError);
    expect(() => open("v1.AAAA", binding, "")).toThrow(SealError);
  });
});

import { describe, expect, it } from "vitest";
import { pageHeaders } from "./page-headers";

const production = { nonce: "abc123", isDevelopment: false, isHttps: false };

describe("the headers of a page", () => {
  it("let scripts and style elements run by nonce only", () => {
    const policy = pageHeaders(production)["content-security-policy"] ?? "";
    expect(policy).toContain("script-src 'self' 'nonce-abc123' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-abc123';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.match(/unsafe-inline/g)).toHaveLength(1);
  });

  it("name no other origin and let nobody frame the page", () => {
    const headers = pageHeaders(production);
    expect(headers["content-security-policy"]).not.toMatch(/https?:|ws:|\*/);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-frame-options"]).toBe("DENY");
  });

  it("ask for https ever after only when it is there", () => {
    expect(pageHeaders(production)).not.toHaveProperty("strict-transport-security");
    expect(pageHeaders({ ...production, isHttps: true })).toHaveProperty(
      "strict-transport-security",
    );
  });
});

import { describe, expect, it } from "vitest";
import { toSafeUrl } from "./safe-url";

describe("an address in an answer", () => {
  it("opens when it is http, https or mailto", () => {
    expect(toSafeUrl("https://example.com/a?b#c")?.href).toBe("https://example.com/a?b#c");
    expect(toSafeUrl("HTTP://EXAMPLE.COM")?.host).toBe("example.com");
    expect(toSafeUrl("mailto:a@example.com")?.protocol).toBe("mailto:");
  });

  it.each([
    "javascript:alert(1)",
    "JaVa\tscript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://example.com/1",
    "file:///etc/passwd",
    "//evil.test",
    "/api/me",
    "#top",
    "relative",
    "https:evil",
    "https://",
    "\u0001javascript:alert(1)",
    "",
  ])("does not open when it is %j", (address) => {
    expect(toSafeUrl(address)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { readScript, writeScript } from "./script";

describe("a script in a prompt", () => {
  it("is read back from whatever request it travels in, the last one counting", () => {
    const body = JSON.stringify({
      messages: [
        { role: "user", content: writeScript({ tokens: 20, perSecond: 0 }) },
        { role: "assistant", content: "…" },
        { role: "user", content: writeScript({ tokens: 150, perSecond: 50, form: "markdown" }) },
      ],
    });
    expect(readScript(body)).toEqual({ tokens: 150, perSecond: 50, form: "markdown" });
  });

  it("is one token when there is none", () => {
    expect(readScript("{}")).toEqual({ tokens: 1, perSecond: 0, form: "stamps" });
  });
});

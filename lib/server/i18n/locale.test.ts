import { describe, expect, it } from "vitest";
import { asLocale, pickLocale } from "./locale";

describe("the language of a visitor", () => {
  it("is the first one of the browser that we speak", () => {
    expect(pickLocale("zh-CN,zh;q=0.9,en;q=0.8")).toBe("zh-CN");
    expect(pickLocale("en-GB,en;q=0.9,zh;q=0.8")).toBe("en");
    expect(pickLocale("de-DE,de;q=0.9,zh-TW;q=0.8,en;q=0.7")).toBe("zh-CN");
  });

  it("follows quality before order", () => {
    expect(pickLocale("en;q=0.3, zh-Hans;q=0.9")).toBe("zh-CN");
  });

  it("never is a language with quality zero", () => {
    expect(pickLocale("zh;q=0, en;q=0.1")).toBe("en");
  });

  it("is English when nothing fits or the header makes no sense", () => {
    for (const header of [null, "", "*", "fr", ";;;,,q=", "zhx"]) {
      expect(pickLocale(header)).toBe("en");
    }
  });

  it("is taken from a cookie only when it is one of ours", () => {
    expect(asLocale("zh-CN")).toBe("zh-CN");
    expect(asLocale("zh")).toBeNull();
    expect(asLocale(undefined)).toBeNull();
  });
});

import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/contracts/preferences";
import { errorCodes } from "@/lib/contracts/errors";
import en from "@/messages/en/errors.json";
import zh from "@/messages/zh-CN/errors.json";
import { describeWait } from "./error-sentence";

const nothingKnown = { field: "none", model: "none", role: "none", ...describeWait(undefined) };

describe("the sentences about errors", () => {
  const languages = { en, "zh-CN": zh };

  it("exist for every code, in both languages, also when nothing more is known", () => {
    for (const locale of locales) {
      const errors = languages[locale];
      const translate = createTranslator({ locale, messages: { errors }, namespace: "errors" });
      for (const code of [...errorCodes, "offline"] as const) {
        const sentence = translate(code, nothingKnown);
        expect(sentence, `${locale} ${code}`).toMatch(/[.。]$/);
        expect(sentence, `${locale} ${code}`).not.toMatch(/[{}]|none|errors\./);
      }
    }
  });

  it("name how long to wait, in seconds or in minutes", () => {
    const translate = createTranslator({ locale: "en", messages: { errors: en } });
    const sentence = (seconds: number) =>
      translate("errors.sign_in_throttled", { ...nothingKnown, ...describeWait(seconds) });
    expect(sentence(0.2)).toContain("in 1 second.");
    expect(sentence(45)).toContain("in 45 seconds.");
    expect(sentence(300)).toContain("in 5 minutes.");
    expect(sentence(899)).toContain("in 15 minutes.");
  });
});

import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/contracts/preferences";
import { errorCodes, type ErrorDetails } from "@/lib/contracts/errors";
import en from "@/messages/en/errors.json";
import zh from "@/messages/zh-CN/errors.json";
import { describeDetails, describeWait } from "./error-sentence";

const nothingKnown = describeDetails({}, "en", null);

const languages = { en, "zh-CN": zh };

describe("the sentences about errors", () => {
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

  it("name the moment until which a limit holds, while it is still to come", () => {
    const nowMs = new Date(2026, 4, 1, 12, 0).getTime();
    const say = (locale: "en" | "zh-CN", minutes: number) => {
      const translate = createTranslator({ locale, messages: { errors: languages[locale] } });
      const retryAt = new Date(nowMs + minutes * 60_000).toISOString();
      const details = { retryAt, retryAfterSeconds: minutes * 60 };
      return translate("errors.provider_rate_limited", describeDetails(details, locale, nowMs));
    };
    expect(say("en", 125)).toContain("2:05");
    expect(say("zh-CN", 125)).toContain("14:05");
    expect(say("en", 24 * 60)).toContain("May 2");
    expect(say("en", -5)).toContain("in a moment");
  });

  it("name the budget that has no room, what is left of it, and when it begins anew", () => {
    const nowMs = new Date(2026, 10, 22, 12, 0).getTime();
    const resetsAt = new Date(2026, 11, 1, 0, 0).toISOString();
    const standing = { limit: 50_000_000, used: 48_000_000, held: 1_995_800, resetsAt };
    const say = (locale: "en" | "zh-CN", details: ErrorDetails) =>
      createTranslator({ locale, messages: { errors: languages[locale] } })(
        "errors.budget_exceeded",
        describeDetails({ budget: "Team", period: "month", ...details }, locale, nowMs),
      );
    expect(say("en", { ...standing, unit: "CNY" })).toContain(
      "“Team” has no room for this turn: ¥0.0042 of ¥50.00 left, and ¥2.00 held by answers under " +
        "way. It begins anew from Dec 1, 12:00 AM.",
    );
    expect(say("zh-CN", { ...standing, unit: "USD" })).toContain(
      "「Team」不足以完成这一轮：共 $50.00，剩余 $0.0042，另有 $2.00 被进行中的回答预留。额度将从 12月1日 0:00 起重新计算。",
    );
    const tokens = { unit: "tokens", limit: 5_000, used: 5_400, held: 0 };
    expect(say("en", { ...tokens, period: "once" })).toContain(": 0 of 5,000 tokens left. Your");
    expect(say("en", { ...tokens, period: "turn" })).toContain(
      "one turn may use at most 5,000 tokens. Your message is kept",
    );
  });

  it("name how long a conversation is, and how long it may be", () => {
    const say = (details: Record<string, number>) =>
      createTranslator({ locale: "en", messages: { errors: en } })(
        "errors.context_too_long",
        describeDetails(details, "en", null),
      );
    expect(say({ tokens: 5120, limit: 4096 })).toContain("5,120 tokens of 4,096");
    expect(say({ limit: 4096 })).toContain("(4,096 tokens)");
  });

  it("tell thoughts without an answer from nothing at all", () => {
    const translate = createTranslator({ locale: "zh-CN", messages: { errors: zh } });
    const say = (details: Record<string, string>) =>
      translate("errors.empty_answer", describeDetails(details, "zh-CN", null));
    expect(new Set([say({}), say({ had: "reasoning" }), say({ had: "tools" })]).size).toBe(3);
  });
});

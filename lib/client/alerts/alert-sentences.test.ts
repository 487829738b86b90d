import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import type { AlertFacts } from "@/lib/contracts/alerts";
import { describeAlert } from "@/lib/domain/alerts/describe-alert";
import en from "@/messages/en/alerts.json";
import zh from "@/messages/zh-CN/alerts.json";

function say(locale: "en" | "zh-CN", facts: AlertFacts, userId: string | null = null): string {
  const translate = createTranslator({
    locale,
    messages: locale === "en" ? en : zh,
    onError: (error) => {
      throw error;
    },
  });
  const { key, values } = describeAlert(facts, {
    locale,
    userId,
    sayTokens: (count) => translate("sentences.tokens", { count }),
  });
  return translate(`sentences.${key}`, values);
}

const both = (facts: AlertFacts, userId: string | null = null) => [
  say("en", facts, userId),
  say("zh-CN", facts, userId),
];

const budget: Extract<AlertFacts, { kind: "budget" }> = {
  kind: "budget",
  budgetId: "b",
  name: "Team",
  scope: "instance",
  subjectId: "instance",
  subjectName: null,
  span: "2026-11",
  unit: "CNY",
  percent: 80,
  limit: 100_000_000,
  used: 80_000_000,
  isHard: true,
};

describe("the sentence of an alert about a budget", () => {
  it("says how much of it is used in its month", () => {
    expect(both(budget)).toEqual([
      "Budget Team has reached 80%: ¥80.00 of ¥100.00 in November.",
      "预算“Team”已达 80%：11月已用 ¥80.00，上限 ¥100.00。",
    ]);
  });

  it("says which mark was reached, and how far a single call went beyond it", () => {
    expect(both({ ...budget, used: 97_000_000 })).toEqual([
      "Budget Team has reached 80%: ¥97.00 of ¥100.00 in November.",
      "预算“Team”已达 80%：11月已用 ¥97.00，上限 ¥100.00。",
    ]);
  });

  it("says what happens at the end of a hard one, and of a soft one", () => {
    const used = 100_200_000;
    expect(both({ ...budget, percent: 100, used })).toEqual([
      "Budget Team has reached its limit: ¥100.20 of ¥100.00 in November. It refuses what goes beyond.",
      "预算“Team”已达上限：11月已用 ¥100.20，上限 ¥100.00。超出的请求会被拒绝。",
    ]);
    expect(both({ ...budget, percent: 100, used, isHard: false })).toEqual([
      "Budget Team has reached its limit: ¥100.20 of ¥100.00 in November. It only warns, so everything goes on.",
      "预算“Team”已达上限：11月已用 ¥100.20，上限 ¥100.00。此预算只作提醒，一切照常。",
    ]);
  });

  it("says so when what was left did not suffice for a call", () => {
    expect(both({ ...budget, percent: 100, used: 99_800_000 })).toEqual([
      "Budget Team had no room for a call: ¥99.80 of ¥100.00 in November. The call was refused.",
      "预算“Team”剩余额度不够一次调用：11月已用 ¥99.80，上限 ¥100.00。该请求已被拒绝。",
    ]);
  });

  it("calls it the reader's own, and names whose it is to others", () => {
    const facts: AlertFacts = {
      ...budget,
      scope: "each_user",
      name: "Daily",
      subjectId: "ada",
      subjectName: "Ada",
      span: "2026-11-22",
      unit: "tokens",
      percent: 50,
      limit: 100_000,
      used: 50_123,
    };
    expect(both(facts, "ada")).toEqual([
      "Your budget Daily has reached 50%: 50,123 of 100,000 tokens on November 22.",
      "你的预算“Daily”已达 50%：11月22日已用 50,123，上限 100,000 个 token。",
    ]);
    expect(both(facts, "bob")).toEqual([
      "Budget Daily of Ada has reached 50%: 50,123 of 100,000 tokens on November 22.",
      "Ada 的预算“Daily”已达 50%：11月22日已用 50,123，上限 100,000 个 token。",
    ]);
    expect(both({ ...facts, subjectName: null }, "bob")[0]).toMatch(/^Budget Daily has reached/);
  });

  it("names the group or the key, and knows budgets that never start again", () => {
    const once = { ...budget, span: "once", unit: "USD", limit: 50_000, used: 40_500 } as const;
    expect(both({ ...once, scope: "group", subjectName: "Design" })).toEqual([
      "Budget Team of the group Design has reached 80%: $0.0405 of $0.05.",
      "用户组“Design”的预算“Team”已达 80%：累计已用 $0.0405，上限 $0.05。",
    ]);
    expect(both({ ...once, scope: "each_key", subjectName: "CI" })).toEqual([
      "Budget Team of the key CI has reached 80%: $0.0405 of $0.05.",
      "密钥“CI”的预算“Team”已达 80%：累计已用 $0.0405，上限 $0.05。",
    ]);
  });
});

describe("the sentence of an alert about unusual use", () => {
  it("says whose call used how many tokens", () => {
    const facts: AlertFacts = {
      kind: "tokens_per_call",
      userName: "Ada",
      modelName: "gpt-5",
      tokens: 250_000,
      threshold: 200_000,
    };
    expect(both(facts)).toEqual([
      "A call by Ada to gpt-5 used 250,000 tokens, more than the 200,000 that count as usual.",
      "Ada 的一次调用（gpt-5）用了 250,000 个 token，超过了设定的 200,000 个。",
    ]);
    expect(both({ ...facts, userName: null })).toEqual([
      "A call to gpt-5 used 250,000 tokens, more than the 200,000 that count as usual.",
      "一次调用（gpt-5）用了 250,000 个 token，超过了设定的 200,000 个。",
    ]);
  });

  it("says who calls how often", () => {
    const facts: AlertFacts = {
      kind: "calls_per_minute",
      userName: "Ada",
      calls: 75,
      threshold: 60,
    };
    expect(both(facts)).toEqual([
      "Ada made 75 calls within a minute, more than the 60 that count as usual.",
      "Ada 一分钟内调用了 75 次，超过了设定的 60 次。",
    ]);
    expect(both({ ...facts, userName: null })[1]).toBe(
      "有人一分钟内调用了 75 次，超过了设定的 60 次。",
    );
  });
});

describe("the sentence of an alert about a provider", () => {
  const provider = { providerId: "p", providerName: "DeepSeek", modelName: "deepseek-chat" };

  it("says that it is out of credit", () => {
    expect(both({ kind: "provider_no_credit", ...provider, errorCode: null })).toEqual([
      "DeepSeek is out of credit. Its models answer nobody until the account is topped up.",
      "DeepSeek 账户余额不足。充值之前，它的模型无法回答。",
    ]);
  });

  it("says which model fails, and why where that is known", () => {
    const failing = { kind: "provider_failing", ...provider } as const;
    expect(both({ ...failing, errorCode: "provider_unreachable" })).toEqual([
      "deepseek-chat at DeepSeek keeps failing: it cannot be reached. Where an alias names another model, that one answers.",
      "DeepSeek 的 deepseek-chat 频繁出错：无法连接。别名背后如有其他模型，会由它们接着回答。",
    ]);
    expect(both({ ...failing, modelName: null, errorCode: "empty_answer" })).toEqual([
      "DeepSeek keeps failing. Where an alias names another model, that one answers.",
      "DeepSeek 频繁出错。别名背后如有其他模型，会由它们接着回答。",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { AlertFacts } from "@/lib/contracts/alerts";
import { writeMessage, writeTest } from "./write-message";

const budget: AlertFacts = {
  ...{ kind: "budget", budgetId: "b", name: "Team", scope: "instance", subjectId: "instance" },
  ...{ subjectName: null, span: "2026-11", unit: "CNY", percent: 80, isHard: true },
  ...{ limit: 100_000_000, used: 80_000_000 },
};
const provider = { providerId: "p", providerName: "Scripted" };
const all: AlertFacts[] = [
  budget,
  { ...budget, percent: 100, used: 100_000_000 },
  { ...budget, unit: "tokens", span: "2026-11-22", isHard: false },
  {
    ...{ kind: "tokens_per_call", userName: "Ada", modelName: "m" },
    ...{ tokens: 250_000, threshold: 200_000 },
  },
  { kind: "calls_per_minute", userName: null, calls: 61, threshold: 60 },
  { ...provider, kind: "provider_no_credit", modelName: null, errorCode: null },
  { ...provider, kind: "provider_failing", modelName: "m", errorCode: "provider_timeout" },
];

const write = (facts: AlertFacts, locale: "en" | "zh-CN", userId: string | null = null) =>
  writeMessage([facts], { locale, userId });

describe("what a channel is told", () => {
  it("says in English what happened, and where to look", () => {
    expect(write(budget, "en")).toMatchObject({
      title: "Parley: Budget Team has reached 80%",
      lines: [expect.stringMatching(/80\.00.+100\.00.+November/)],
      link: { text: "Open budgets", href: "http://localhost:3000/settings/budgets" },
    });
    expect(all.map((facts) => write(facts, "en").title)).toEqual([
      "Parley: Budget Team has reached 80%",
      "Parley: Budget Team has reached its limit",
      "Parley: Budget Team has reached 80%",
      "Parley: Unusually many tokens in one call",
      "Parley: Unusually many calls in a minute",
      "Parley: Scripted is out of credit",
      "Parley: m at Scripted keeps failing",
    ]);
  });

  it("says the same in Chinese", () => {
    expect(write(budget, "zh-CN")).toMatchObject({
      title: "对谈：预算“Team”已达 80%",
      lines: [expect.stringMatching(/11月.*80\.00.*100\.00/)],
      link: { text: "查看预算" },
    });
    for (const facts of all)
      for (const line of [write(facts, "zh-CN").title, ...write(facts, "zh-CN").lines])
        expect(line).toMatch(/\p{Script=Han}/u);
  });

  it("does not say that a limit is reached where only one call did not fit", () => {
    const tight: AlertFacts = { ...budget, percent: 100, used: 90_000_000 };
    expect(write(tight, "en").title).toBe("Parley: Budget Team had no room for a call");
    expect(write(tight, "zh-CN").title).toBe("对谈：预算“Team”剩余额度不够一次调用");
  });

  it("leads to the page where somebody can act", () => {
    const places = all.map((facts) => new URL(write(facts, "en").link.href).pathname);
    expect(places).toEqual(
      ["budgets", "budgets", "budgets", "dashboard", "dashboard", "models", "models"].map(
        (place) => `/settings/${place}`,
      ),
    );
  });

  it("speaks to whom a budget is about", () => {
    const own: AlertFacts = { ...budget, scope: "user", subjectId: "ada", subjectName: "Ada" };
    const message = write(own, "en", "ada");
    expect(message.title).toBe("Parley: Your budget Team has reached 80%");
    expect(message.link.href).toMatch(/\/settings\/usage$/);
    expect(message.lines[0]).not.toContain("Ada");
    expect(write(own, "en").lines[0]).toContain("Ada");
  });

  it("joins several, and counts what would be too many", () => {
    const message = writeMessage(Array<AlertFacts>(40).fill(budget), {
      locale: "en",
      userId: null,
    });
    expect(message.title).toBe("Parley: 40 alerts");
    expect(message.lines).toHaveLength(16);
    expect(message.lines.at(-1)).toBe("and 25 more");
  });

  it("is plain about being a test", () => {
    expect(writeTest("Ops", "zh-CN")).toMatchObject({ title: "对谈：测试消息" });
    expect(writeTest("Ops", "en").lines).toEqual([
      "This is a test of the channel Ops. Alerts will arrive here.",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import settingsEn from "@/messages/en/settings.json";
import settingsZh from "@/messages/zh-CN/settings.json";
import { answerAsDemo } from "./answer-as-demo";
import { demoTextEn } from "./demo-text-en";
import { demoTextZh } from "./demo-text-zh";

const ask = (text: string) => [{ role: "user" as const, text }];

/** A conversation in which each text was answered in turn; returns all answers. */
function converse(...texts: string[]): string[] {
  const prompt: { role: "system" | "user" | "assistant"; text: string }[] = [
    { role: "system", text: "你是助手" },
  ];
  return texts.map((text) => {
    prompt.push({ role: "user", text });
    const answer = answerAsDemo(prompt);
    prompt.push({ role: "assistant", text: answer });
    return answer;
  });
}

describe("the demo model", () => {
  it("says that it is a demo without AI, in the language of the question", () => {
    expect(answerAsDemo(ask("What is the weather?"))).toMatch(/demo model.*no AI/);
    expect(answerAsDemo(ask("今天天气怎么样？"))).toMatch(/演示模型.*没有 AI/);
    expect(answerAsDemo(ask("用 TypeScript 写一个 React component"))).toContain("你好");
  });

  it("takes no Chinese for Japanese, and the locale for what has no letters", () => {
    expect(answerAsDemo(ask("今日の天気は？"))).toContain("Hello");
    expect(answerAsDemo(ask("1 + 1 = ?"), { locale: "zh-CN" })).toContain("你好");
    expect(answerAsDemo(ask("👋"))).toContain("Hello");
  });

  it.each([demoTextEn, demoTextZh])("shows list, table, code, formula and diagram", ({ tours }) => {
    expect(tours[0]).toMatch(/^## /);
    expect(tours[0]).toMatch(/^1\. /m);
    expect(tours[0]).toMatch(/^\| --- \|/m);
    expect(tours[0]).toContain("```python");
    expect(tours[0]).toContain("$$");
    expect(tours[1]).toContain("```mermaid");
  });

  it.each([
    [demoTextEn, settingsEn],
    [demoTextZh, settingsZh],
  ])("calls the settings and their pages by their names", ({ tours, help }, { title, pages }) => {
    const named = [...`${tours.join()}${help}`.matchAll(/\*(\S+) → ([^*]+)\*/g)];
    expect(named.length).toBeGreaterThan(3);
    for (const [, settings, page] of named) {
      expect(settings).toBe(title);
      expect(Object.values(pages)).toContain(page);
    }
  });

  it("turns a page with each question and begins again after the last", () => {
    const { tours } = demoTextEn;
    const questions = Array.from({ length: tours.length + 1 }, (_, index) => `Q${String(index)}`);
    expect(converse(...questions)).toEqual([...tours, tours[0]]);
  });

  it("goes on with the tour after a command, and in the other language", () => {
    const [first, echoed, second] = converse("hi", "echo one", "你好");
    expect([first, echoed, second]).toEqual([demoTextEn.tours[0], "one", demoTextZh.tours[1]]);
  });

  it("counts a tour that was stopped half-way as shown", () => {
    const stopped = demoTextEn.tours[0].slice(0, 60);
    const prompt = [...ask("hi"), { role: "assistant" as const, text: stopped }, ...ask("more")];
    expect(answerAsDemo(prompt)).toBe(demoTextEn.tours[1]);
  });

  it.each([
    ["echo Hello, *world*!", "Hello, *world*!"],
    ["Echo: two\nlines", "two\nlines"],
    ["回声 你好", "你好"],
    ["回声：你好", "你好"],
  ])("echoes %j", (text, echoed) => {
    expect(answerAsDemo(ask(text))).toBe(echoed);
  });

  it("does not take a word that only begins like a command", () => {
    expect(answerAsDemo(ask("echoes in the valley"))).toBe(demoTextEn.tours[0]);
    expect(answerAsDemo(ask("echo"))).toBe(demoTextEn.tours[0]);
  });

  it.each([
    "count to 3",
    "Count to 3.",
    "please count from 1 to 3",
    "数到 3",
    "从1数到３",
    "请数到3。",
  ])("counts on %j", (text) => {
    expect(answerAsDemo(ask(text))).toMatch(/^1, 2, 3\n\n/);
  });

  it("counts to 500 at most, and says where it stopped", () => {
    const answer = answerAsDemo(ask("count to 999999999"));
    expect(answer).toContain(", 500\n");
    expect(answer).not.toContain("501");
    expect(answer).toContain("stop there");
    expect(answerAsDemo(ask("数到 0"))).toMatch(/^1\n/);
  });

  it.each(["help", "Help!", "帮助", "你能做什么？"])("explains itself on %j", (text) => {
    expect([demoTextEn.help, demoTextZh.help]).toContain(answerAsDemo(ask(text)));
  });

  it("answers an empty prompt with the first page", () => {
    expect(answerAsDemo([])).toBe(demoTextEn.tours[0]);
  });
});

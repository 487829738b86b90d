import { describe, expect, it } from "vitest";
import { compareLanguages, findArguments, type Messages } from "./messages";

const compare = (en: Messages, zh: Messages) =>
  compareLanguages({ language: "en", messages: en }, { language: "zh-CN", messages: zh });

describe("the sentences of two languages", () => {
  it("agree when keys and arguments are the same", () => {
    const en = { send: "Send", count: "{n, plural, one {# message} other {# messages}} by {name}" };
    const zh = { send: "发送", count: "{name} 的 {n} 条消息" };
    expect(compare(en, zh)).toEqual([]);
  });

  it("differ when a key is missing on either side", () => {
    expect(compare({ menu: { open: "Open" } }, { close: "关闭" })).toEqual([
      "menu.open has no zh-CN",
      "close has no en",
    ]);
  });

  it("differ when a sentence names something that its twin leaves out", () => {
    expect(compare({ wait: "Wait {seconds} s" }, { wait: "请稍候" })).toEqual([
      "wait takes seconds in one language only",
    ]);
  });

  it("are faulty when empty or unreadable", () => {
    expect(compare({ a: " ", b: "{x" }, { a: "甲", b: "{x}" })).toEqual([
      "a is empty in en",
      "b is not valid ICU in en",
    ]);
  });

  it("name arguments inside of choices and tags too", () => {
    const sentence = "{kind, select, a {by {name}} other {<link>{place}</link>}}";
    expect(findArguments(sentence)).toEqual(new Set(["kind", "name", "<link>", "place"]));
  });
});

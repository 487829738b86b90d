import { describe, expect, it } from "vitest";
import { makeSummaryRequest } from "./summary-request";
import { makeSuccessorTitle } from "./successor-title";

describe("makeSummaryRequest", () => {
  it("puts the summary so far before the turns, each between tags", () => {
    const { system, text } = makeSummaryRequest("They met in Rome.", [
      { role: "user", text: "And then?" },
      { role: "assistant", text: "They went home." },
    ]);
    expect(system).toContain("write one new summary");
    expect(text).toBe(
      "<summary>\nThey met in Rome.\n</summary>\n\n" +
        "<turns>\nUser: And then?\n\nAssistant: They went home.\n</turns>\n\n" +
        "Write the new summary.",
    );
    expect(makeSummaryRequest(null, [{ role: "user", text: "Hi" }]).text).toMatch(/^<turns>/);
  });

  it("speaks Chinese where people do, also about code, and says where images were", () => {
    const { system, text } = makeSummaryRequest(null, [
      {
        role: "user",
        text: "帮我看看 useEffect 这个报错是什么原因，页面一直在刷新",
        imageCount: 2,
      },
      { role: "assistant", text: "const [state, setState] = useState(0); ".repeat(40) },
    ]);
    expect(system).toContain("请根据此前的摘要和之后的对话");
    expect(text).toMatch(/^<turns>\n用户：\[图片\] \[图片\] 帮我看看[^]*助手：const/);
    expect(text).toMatch(/请写出新的摘要。$/);
  });

  it("takes Japanese for what it is not: Chinese", () => {
    const { system } = makeSummaryRequest(null, [{ role: "user", text: "日本語で書いてください" }]);
    expect(system).toContain("Write in the language of the conversation");
  });

  it("takes the language from the summary where the turns have no words", () => {
    const turns = [{ role: "user" as const, text: "", imageCount: 1 }];
    expect(makeSummaryRequest("他们决定采用第二个方案。", turns).text).toContain("用户：[图片]");
  });
});

describe("makeSuccessorTitle", () => {
  it("counts on", () => {
    expect(makeSuccessorTitle("Plans")).toBe("Plans (2)");
    expect(makeSuccessorTitle("Plans (2)")).toBe("Plans (3)");
    expect(makeSuccessorTitle("Plans (final)")).toBe("Plans (final) (2)");
  });

  it("stays within what a title may be, and splits no character", () => {
    const title = makeSuccessorTitle("😀".repeat(100));
    expect(title.length).toBeLessThanOrEqual(200);
    expect(title.isWellFormed()).toBe(true);
  });
});

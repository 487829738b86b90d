import { describe, expect, it } from "vitest";
import { writeMailText, writePlain, type ChannelMessage } from "./channel-message";
import { writeDingtalk, writeFeishu, writeSlack, writeWecom } from "./chat-formats";

const message: ChannelMessage = {
  title: "Parley: Budget Team is at 80%",
  lines: ["¥80.00 of ¥100.00 in November."],
  link: { text: "Open budgets", href: "https://chat.example/settings/budgets" },
};

const hostile: ChannelMessage = {
  ...message,
  lines: ["[Click](https://evil.example) <@all> <!channel> **loud** `x` # & ![a](b)"],
};

describe("a message for DingTalk", () => {
  it("is Markdown with a title, as its robots take it", () => {
    expect(writeDingtalk(message)).toEqual({
      msgtype: "markdown",
      markdown: {
        title: "Parley: Budget Team is at 80%",
        text: [
          "#### Parley: Budget Team is at 80%",
          "¥80.00 of ¥100.00 in November.",
          "[Open budgets](https://chat.example/settings/budgets)",
        ].join("\n\n"),
      },
    });
  });

  it("has no link or mention but ours", () => {
    const text = JSON.stringify(writeDingtalk(hostile));
    expect(text.match(/\]\(/g)).toHaveLength(1);
    expect(text).not.toMatch(/<|\*\*|`/);
  });
});

describe("a message for WeCom", () => {
  it("is Markdown, as its robots take it", () => {
    expect(writeWecom(message)).toEqual({
      msgtype: "markdown",
      markdown: {
        content: [
          "**Parley: Budget Team is at 80%**",
          "¥80.00 of ¥100.00 in November.",
          "[Open budgets](https://chat.example/settings/budgets)",
        ].join("\n"),
      },
    });
  });

  it("mentions nobody, whatever somebody is called", () => {
    expect(JSON.stringify(writeWecom(hostile))).not.toContain("<@all>");
  });

  it("is cut between lines at 4096 bytes, and keeps its link", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `${String(index)} ${"预".repeat(100)}`);
    const { markdown } = writeWecom({ ...message, lines }) as { markdown: { content: string } };
    expect(new TextEncoder().encode(markdown.content).length).toBeLessThanOrEqual(4096);
    expect(markdown.content).toContain("…\n[Open budgets](https://chat.example/settings/budgets)");
    expect(markdown.content).toContain("\n12 预");
  });
});

describe("a message for Feishu", () => {
  const options = { locale: "en", secret: undefined, nowMs: 1_700_000_000_000 } as const;

  it("is a post in its language", () => {
    const content = [
      [{ tag: "text", text: "¥80.00 of ¥100.00 in November." }],
      [{ tag: "a", text: "Open budgets", href: "https://chat.example/settings/budgets" }],
    ];
    const title = "Parley: Budget Team is at 80%";
    expect(writeFeishu(message, options)).toEqual({
      msg_type: "post",
      content: { post: { en_us: { title, content } } },
    });
    expect(writeFeishu(message, { ...options, locale: "zh-CN" })).toMatchObject({
      content: { post: { zh_cn: { title } } },
    });
  });

  it("is signed where the bot has a secret", () => {
    expect(writeFeishu(message, { ...options, secret: "demo" })).toMatchObject({
      timestamp: "1700000000",
      sign: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      msg_type: "post",
    });
  });
});

describe("a message for Slack", () => {
  it("is a text with its link", () => {
    expect(writeSlack(message)).toEqual({
      text: [
        "*Parley: Budget Team is at 80%*",
        "¥80.00 of ¥100.00 in November.",
        "<https://chat.example/settings/budgets|Open budgets>",
      ].join("\n"),
    });
  });

  it("calls nobody: the three characters of its markup are escaped", () => {
    const { text } = writeSlack(hostile) as { text: string };
    expect(text).toContain("&lt;!channel&gt;");
    expect(text.match(/</g)).toHaveLength(1);
  });
});

it("is as plain text the title, what happened, and where to look", () => {
  const body = [
    "¥80.00 of ¥100.00 in November.",
    "",
    "Open budgets",
    "https://chat.example/settings/budgets",
  ].join("\n");
  expect(writePlain(message)).toBe(`Parley: Budget Team is at 80%\n\n${body}`);
  expect(writeMailText(message)).toBe(body);
  expect(writeMailText({ ...message, note: "Yours." })).toBe(`${body}\n\nYours.`);
});

import type { Locale } from "@/lib/contracts/preferences";
import type { ChannelMessage } from "./channel-message";
import { signFeishu } from "./sign-request";

/** WeCom takes no longer Markdown, in bytes of UTF-8. */
const wecomBytes = 4096;

/** The body for a DingTalk robot: Markdown, its title for the list of conversations. */
export function writeDingtalk(message: ChannelMessage): object {
  const { title, lines, link } = message;
  const text = [`#### ${escapeMarkdown(title)}`, ...lines.map(escapeMarkdown), linkTo(link)];
  return { msgtype: "markdown", markdown: { title, text: text.join("\n\n") } };
}

/** The body for a WeCom group robot: Markdown, cut between lines where it would be too long. */
export function writeWecom(message: ChannelMessage): object {
  const head = `**${escapeMarkdown(message.title)}**`;
  const foot = linkTo(message.link);
  const lines = message.lines.map(escapeMarkdown);
  const write = (count: number) => {
    const left = count < lines.length ? ["…"] : [];
    return [head, ...lines.slice(0, count), ...left, foot].join("\n");
  };
  let count = lines.length;
  while (count > 0 && new TextEncoder().encode(write(count)).length > wecomBytes) count -= 1;
  return { msgtype: "markdown", markdown: { content: write(count) } };
}

/** The body for a Feishu or Lark bot: a post, whose text takes no markup; signed with a secret. */
export function writeFeishu(
  { title, lines, link }: ChannelMessage,
  { locale, secret, nowMs }: { locale: Locale; secret: string | undefined; nowMs: number },
): object {
  const content = [
    ...lines.map((text) => [{ tag: "text", text }]),
    [{ tag: "a", text: link.text, href: link.href }],
  ];
  const language = locale === "zh-CN" ? "zh_cn" : "en_us";
  return {
    ...(secret === undefined ? {} : signFeishu(secret, nowMs)),
    msg_type: "post",
    content: { post: { [language]: { title, content } } },
  };
}

/** The body for a Slack incoming webhook. */
export function writeSlack({ title, lines, link }: ChannelMessage): object {
  const words = [`*${escapeSlack(title)}*`, ...lines.map(escapeSlack)];
  const text = [...words, `<${escapeSlack(link.href)}|${escapeSlack(link.text)}>`].join("\n");
  return { text };
}

const linkTo = ({ text, href }: ChannelMessage["link"]) => `[${text}](${href})`;

// The dialects of DingTalk and WeCom know no backslash: what could be a link, an image, a mention
// or a heading is written with its wide twin.
const twins: Record<string, string> = {
  "[": "［",
  "]": "］",
  "<": "＜",
  ">": "＞",
  "*": "＊",
  "#": "＃",
  "`": "｀",
};

function escapeMarkdown(text: string): string {
  return text.replace(/[[\]<>*#`]/g, (character) => twins[character] ?? character);
}

/** https://api.slack.com/reference/surfaces/formatting: these three, and no others. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

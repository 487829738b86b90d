import type { AlertChannelKind, DeliveryFailure } from "@/lib/contracts/alerts";

export type ChannelAnswer = { status: number; body: string };

/**
 * What a channel's answer means: null when the message has arrived. The bots of DingTalk, Feishu
 * and WeCom answer 200 also to what they refuse, and say so in the body.
 */
export function judgeAnswer(
  kind: Exclude<AlertChannelKind, "mail">,
  { status, body }: ChannelAnswer,
): DeliveryFailure | null {
  if (status < 200 || status >= 300) return isRefusal(status) ? "refused" : "bad_status";
  if (kind === "webhook") return null;
  if (kind === "slack") return body.trim() === "ok" ? null : "bad_answer";
  const code = readCode(kind, body);
  if (code === null) return "bad_answer";
  return code === 0 ? null : "refused";
}

/** Whether the same message would be refused again: any 4xx but those about the moment. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

function readCode(kind: "dingtalk" | "feishu" | "wecom", body: string): number | null {
  const value = parse(body);
  if (typeof value !== "object" || value === null) return null;
  const { errcode, code, StatusCode } = value as Record<string, unknown>;
  // Older bots of Feishu say `StatusCode` only.
  const found = kind === "feishu" ? (code ?? StatusCode) : errcode;
  return typeof found === "number" ? found : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

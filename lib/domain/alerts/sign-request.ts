import { createHmac } from "node:crypto";

/**
 * The address of a DingTalk robot whose security setting is "sign": with `timestamp` (milliseconds)
 * and `sign`, the HMAC-SHA256 of timestamp, line break and secret under the secret, in base64.
 * https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export function signDingtalkUrl(address: string, secret: string, nowMs: number): string {
  const url = new URL(address);
  const sign = createHmac("sha256", secret)
    .update(`${String(nowMs)}\n${secret}`)
    .digest("base64");
  url.searchParams.set("timestamp", String(nowMs));
  url.searchParams.set("sign", sign);
  return url.href;
}

/**
 * What a Feishu or Lark bot with "signature verification" wants in the body: the time in seconds,
 * and the HMAC-SHA256 of nothing under time, line break and secret, in base64.
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function signFeishu(secret: string, nowMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(nowMs / 1000));
  const sign = createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
  return { timestamp, sign };
}

/**
 * The value of `X-Parley-Signature`: the time in seconds, and the HMAC-SHA256 of time, a dot and
 * the body under the secret, in hex.
 */
export function signWebhook(secret: string, body: string, nowMs: number): string {
  const seconds = String(Math.floor(nowMs / 1000));
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

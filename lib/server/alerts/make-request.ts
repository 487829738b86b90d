import "server-only";
import type { AlertFacts } from "@/lib/contracts/alerts";
import type { Locale } from "@/lib/contracts/preferences";
import {
  writePlain,
  type ChannelMessage,
  type ChannelRequest,
} from "@/lib/domain/alerts/channel-message";
import {
  writeDingtalk,
  writeFeishu,
  writeSlack,
  writeWecom,
} from "@/lib/domain/alerts/chat-formats";
import { signDingtalkUrl, signWebhook } from "@/lib/domain/alerts/sign-request";
import type { StoredConfig } from "./channel-config";

/** A message on its way. */
export type Dispatch = {
  /** The same for every try. */
  deliveryId: string;
  message: ChannelMessage;
  locale: Locale;
  /** What it is about; null for a test. */
  alert: { id: string; facts: AlertFacts; createdAt: Date } | null;
};

/** The request of a message, in the form that the channel documents, signed at this moment. */
export function makeRequest(
  config: Exclude<StoredConfig, { kind: "mail" }>,
  dispatch: Dispatch,
  nowMs: number,
): ChannelRequest {
  const { message, locale, deliveryId } = dispatch;
  const { url } = config;
  switch (config.kind) {
    case "dingtalk": {
      const { secret } = config;
      const address = secret === undefined ? url : signDingtalkUrl(url, secret, nowMs);
      return asJson(address, writeDingtalk(message));
    }
    case "feishu":
      return asJson(url, writeFeishu(message, { locale, secret: config.secret, nowMs }));
    case "wecom":
      return asJson(url, writeWecom(message));
    case "slack":
      return asJson(url, writeSlack(message));
    case "webhook": {
      const request = asJson(url, writeWebhook(dispatch, nowMs));
      const signature = signWebhook(config.secret, request.body, nowMs);
      const headers = { "x-parley-signature": signature, "x-parley-delivery": deliveryId };
      return { ...request, headers: { ...request.headers, ...headers } };
    }
  }
}

function writeWebhook({ alert, deliveryId, message }: Dispatch, nowMs: number): object {
  return {
    id: alert?.id ?? deliveryId,
    kind: alert?.facts.kind ?? "test",
    createdAt: (alert?.createdAt ?? new Date(nowMs)).toISOString(),
    facts: alert?.facts ?? null,
    text: writePlain(message),
  };
}

function asJson(url: string, body: object): ChannelRequest {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { url, headers, body: JSON.stringify(body) };
}

import { callApi } from "@/lib/client/api";
import {
  alertChannelMadeSchema,
  alertChannelsSchema,
  alertDeliveriesSchema,
  channelTestSchema,
  type AlertChannelCreate,
  type AlertChannelPatch,
} from "@/lib/contracts/alerts";
import type { InstanceSettings } from "@/lib/contracts/settings";

const channels = "/api/admin/alerts/channels";

export type AlertThresholds = Pick<InstanceSettings, "alertTokensPerCall" | "alertCallsPerMinute">;

export function findAlertChannels(signal: AbortSignal) {
  return callApi("GET", channels, { schema: alertChannelsSchema, signal });
}

export function createAlertChannel(body: AlertChannelCreate) {
  return callApi("POST", channels, { body, schema: alertChannelMadeSchema });
}

export function patchAlertChannel(id: string, body: AlertChannelPatch): Promise<undefined> {
  return callApi("PATCH", `${channels}/${id}`, { body });
}

export function deleteAlertChannel(id: string): Promise<undefined> {
  return callApi("DELETE", `${channels}/${id}`);
}

/** Sends a marked message, once; the answer says what became of it. */
export function testAlertChannel(id: string) {
  return callApi("POST", `${channels}/${id}/test`, { schema: channelTestSchema });
}

export function findAlertDeliveries(before: string | null, signal?: AbortSignal) {
  const query = before === null ? "" : `?before=${encodeURIComponent(before)}`;
  return callApi("GET", `/api/admin/alerts/deliveries${query}`, {
    schema: alertDeliveriesSchema,
    ...(signal === undefined ? {} : { signal }),
  });
}

export function patchAlertThresholds(body: Partial<AlertThresholds>): Promise<undefined> {
  return callApi("PATCH", "/api/admin/settings", { body });
}

import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { alertChannelConfigSchema, type AlertChannelConfig } from "@/lib/contracts/alerts";
import { AppError } from "@/lib/domain/errors/app-error";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { open, seal } from "../secrets/seal";

const [mail, signed, plain, webhook] = alertChannelConfigSchema.options;

/** What is sealed: as it was given, with the secret that was made for a webhook. */
const storedConfigSchema = z.discriminatedUnion("kind", [
  mail,
  signed,
  plain,
  webhook.extend({ secret: z.string() }),
]);
export type StoredConfig = z.infer<typeof storedConfigSchema>;

/**
 * Completes what an admin has entered.
 *
 * @param present the one before, whose secret a webhook keeps.
 * @throws AppError `provider_address_refused` for an address that is never connected to.
 */
export function completeConfig(
  config: AlertChannelConfig,
  present: StoredConfig | null,
): StoredConfig {
  if (config.kind === "mail") return config;
  requireAllowedUrl(config.url);
  if (config.kind !== "webhook") return config;
  const kept = present?.kind === "webhook" ? present.secret : null;
  return { ...config, secret: kept ?? `whsec_${randomBytes(32).toString("base64url")}` };
}

/** Seals a channel's address and secret for its row. */
export function sealConfig(channelId: string, config: StoredConfig): string {
  return seal(JSON.stringify(config), bindingOf(channelId));
}

/** @throws SealError when it is not what was sealed for this row. */
export function openConfig({ id, sealedConfig }: { id: string; sealedConfig: string }) {
  return storedConfigSchema.parse(JSON.parse(open(sealedConfig, bindingOf(id))));
}

/** What may be shown of a channel: the host, or who gets the mail. */
export function describeTarget(config: StoredConfig): string {
  return config.kind === "mail" ? config.recipients.join(", ") : new URL(config.url).host;
}

function requireAllowedUrl(url: string): void {
  // Unlike a provider's, these carry their token behind the path.
  const [address = ""] = url.split(/[?#]/);
  const verdict = judgeBaseUrl(address, { allowedHosts: allowedProviderHosts() });
  if (verdict.isAllowed) return;
  throw new AppError("provider_address_refused", {
    details: { field: "url", reason: verdict.reason },
  });
}

function bindingOf(channelId: string) {
  return { purpose: "alert-channel", rowId: channelId } as const;
}

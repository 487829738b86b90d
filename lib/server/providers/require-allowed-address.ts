import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { allowedProviderHosts } from "./allowed-hosts";

/** @throws AppError `provider_address_refused` with the reason, when a base URL may not be used. */
export function requireAllowedAddress(baseUrl: string): void {
  const verdict = judgeBaseUrl(baseUrl, { allowedHosts: allowedProviderHosts() });
  if (verdict.isAllowed) return;
  throw new AppError("provider_address_refused", {
    details: { field: "baseUrl", reason: verdict.reason },
  });
}

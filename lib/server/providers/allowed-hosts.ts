import "server-only";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { env } from "../env";

/**
 * The hosts that a provider's base URL may point to though they are private or plain http:
 * PROVIDER_HOSTS, and the one of OPENAI_BASE_URL, which the same operator has written down. A
 * public one needs no entry, and gets none: its name must go on resolving to public addresses.
 */
export function allowedProviderHosts(): readonly string[] {
  const { providerHosts, OPENAI_BASE_URL } = env();
  if (OPENAI_BASE_URL === undefined) return providerHosts;
  const url = new URL(OPENAI_BASE_URL);
  if (judgeBaseUrl(url.origin, { allowedHosts: providerHosts }).isAllowed) return providerHosts;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return [...providerHosts, `${url.hostname}:${port}`];
}

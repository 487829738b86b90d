import "server-only";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { env } from "../env";

/**
 * The hosts that a provider's base URL may point to though they are private or plain http:
 * PROVIDER_HOSTS, and those of OPENAI_BASE_URL and AZURE_OPENAI_ENDPOINT, which the same operator
 * has written down. A public one needs no entry, and gets none: its name must go on resolving to
 * public addresses.
 */
export function allowedProviderHosts(): readonly string[] {
  const { providerHosts, OPENAI_BASE_URL, AZURE_OPENAI_ENDPOINT } = env();
  const named = [OPENAI_BASE_URL, AZURE_OPENAI_ENDPOINT].filter((url) => url !== undefined);
  return [...providerHosts, ...named.flatMap((url) => hostToAllow(new URL(url), providerHosts))];
}

function hostToAllow(url: URL, allowedHosts: readonly string[]): string[] {
  if (judgeBaseUrl(url.origin, { allowedHosts }).isAllowed) return [];
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return [`${url.hostname}:${port}`];
}

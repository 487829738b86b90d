import "server-only";
import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from "undici";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { createGuardedConnector, ProviderAddressError } from "./guarded-connector";

export type ProviderFetchOptions = {
  /** `host` or `host:port` that may be private or plain http; see allowedProviderHosts(). */
  allowedHosts: readonly string[];
  /** Longest wait for the headers; 0 when the caller watches it. */
  headersTimeoutMs: number;
  connectTimeoutMs?: number;
  /** Longest silence within a body; 0 when the caller watches it. */
  bodyTimeoutMs?: number;
};

/** A redirect: whatever it leads to, neither the key nor the prompt goes there. */
class ProviderRedirectError extends Error {
  override name = "ProviderRedirectError";
  readonly code = "PROVIDER_REDIRECTED";
}

/** `fetch` for a provider, and the way to let go of its connections. */
export type ProviderFetch = typeof fetch & { close: () => Promise<void> };

/**
 * Makes the `fetch` of all provider traffic. Make it once and keep it: it holds the connections.
 *
 * It connects only where the address policy allows, judged on the very address that is connected
 * to, so that a name that resolves differently the second time gains nothing. It follows no
 * redirect, since that would carry key and prompt to another origin, and uses no proxy of the
 * environment. Failures are TypeErrors whose `cause.code` says what happened: `ECONNREFUSED`,
 * `ENOTFOUND`, `UND_ERR_CONNECT_TIMEOUT`, `UND_ERR_HEADERS_TIMEOUT`, `PROVIDER_ADDRESS_REFUSED`,
 * `PROVIDER_REDIRECTED`…
 */
export function createProviderFetch(options: ProviderFetchOptions): ProviderFetch {
  const { allowedHosts, headersTimeoutMs } = options;
  const dispatcher = new Agent({
    headersTimeout: headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs ?? 300_000,
    keepAliveTimeout: 30_000,
    connect: createGuardedConnector(allowedHosts, options.connectTimeoutMs ?? 10_000),
  });
  const providerFetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const verdict = judgeBaseUrl(url.origin, { allowedHosts });
    if (!verdict.isAllowed) throw fail(new ProviderAddressError(verdict.reason));
    const request = input instanceof Request ? readRequest(input, init) : init;
    const response = await undiciFetch(url, {
      ...(request as UndiciRequestInit | undefined),
      redirect: "manual",
      dispatcher,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw fail(new ProviderRedirectError());
    }
    // The same class from another copy: undici is what Node's own fetch is made of.
    return response as unknown as Response;
  };
  return Object.assign(providerFetch, { close: () => dispatcher.destroy() });
}

function readRequest(request: Request, init: RequestInit | undefined): RequestInit {
  const { method, headers, body, signal } = request;
  return { method, headers, body, signal, duplex: "half", ...init } as RequestInit;
}

// As `fetch` itself fails, so that callers find every reason in the same place.
function fail(cause: Error): TypeError {
  return new TypeError("fetch failed", { cause });
}

import "server-only";
import { pickClientAddress, toSubscriber } from "@/lib/domain/accounts/network-address";
import { env } from "../env";

/**
 * The network subscriber that a request comes from, for throttling: an IPv4 address or an IPv6
 * /64. Without trusted proxies, scripts/server.mjs has removed what the client claimed, and Next
 * has filled in the address of the socket.
 */
export function clientAddress(request: Request): string {
  const forwardedFor = request.headers.get("x-forwarded-for");
  return toSubscriber(pickClientAddress(forwardedFor, env().TRUSTED_PROXIES));
}

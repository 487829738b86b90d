import "server-only";
import { lookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { judgeAddress, type AddressRefusal } from "@/lib/domain/providers/address-policy";

/** A connection that was not made because of where it leads. */
export class ProviderAddressError extends Error {
  override name = "ProviderAddressError";
  readonly code = "PROVIDER_ADDRESS_REFUSED";
  readonly reason: AddressRefusal;

  constructor(reason: AddressRefusal) {
    super(`address refused: ${reason}`);
    this.reason = reason;
  }
}

/**
 * How provider traffic connects: the addresses that a name resolves to are judged, and exactly
 * those are connected to. One that is refused among them refuses the name.
 */
export function createGuardedConnector(
  allowedHosts: readonly string[],
  connectTimeoutMs: number,
): buildConnector.connector {
  // By port, as the operator's list may name one; each keeps its TLS sessions.
  const connectors = new Map<number, buildConnector.connector>();
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
    const judge = (hostname: string, address: string) => {
      const verdict = judgeAddress(address, { hostname, port, allowedHosts });
      return verdict.isAllowed ? null : new ProviderAddressError(verdict.reason);
    };
    // An address written out in the URL is connected to without being looked up.
    const refused = isIP(options.hostname) ? judge(options.hostname, options.hostname) : null;
    if (refused !== null) {
      callback(refused, null);
      return;
    }
    let connect = connectors.get(port);
    if (connect === undefined) {
      connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardLookup(judge) });
      connectors.set(port, connect);
    }
    connect(options, callback);
  };
}

type Judge = (hostname: string, address: string) => Error | null;

function guardLookup(judge: Judge): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, "", 0);
        return;
      }
      const [first] = found;
      const refused = firstRefusal(found, (address) => judge(hostname, address));
      if (refused !== null || first === undefined) {
        callback(refused ?? new ProviderAddressError("unreadable"), "", 0);
      } else if (options.all === true) {
        callback(null, found);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function firstRefusal(found: LookupAddress[], judge: (address: string) => Error | null) {
  for (const { address } of found) {
    const refused = judge(address);
    if (refused !== null) return refused;
  }
  return null;
}

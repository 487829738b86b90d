import os from "node:os";

/**
 * The interface to listen on: `HOSTNAME`, or all of them. Shells and containers set HOSTNAME to the
 * machine's own name; that is no decision of anybody's, and would shut localhost out.
 */
export function listenHost() {
  const host = process.env.HOSTNAME;
  return host && host !== os.hostname() ? host : undefined;
}

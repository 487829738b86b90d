import type { IncomingMessage } from "node:http";

/** One request for a chat completion, as it was received. */
export type ReceivedRequest = {
  id: string;
  model: string;
  body: unknown;
  path: string;
  query: Record<string, string>;
  /** In lower case, without those that carry a key. */
  headers: Record<string, string>;
  /** Whether the right key came in the right header, or none was needed. */
  isKeyRight: boolean;
  /** Since the server started. */
  startedMs: number;
  /** Whether it was refused since it did not fit the model's window. */
  isTooLong: boolean;
  /** Whether the client closed the connection before the answer was complete, and when. */
  isClosedByClient: boolean;
  closedMs: number | null;
};

const secrets = new Set(["authorization", "api-key", "x-api-key", "cookie"]);

/** Where a request went, and with which headers; no key is kept. */
export function readPlace({ url, headers }: IncomingMessage) {
  const { pathname, searchParams } = new URL(url ?? "/", "http://provider");
  return {
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        typeof value === "string" && !secrets.has(name) ? [[name, value]] : [],
      ),
    ),
  };
}

import "server-only";

// Prisma: P1001/P1002/P1008/P1017 connection, P2024 pool, P2028 transaction could not start.
const prismaCodes = new Set([
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);
// PostgreSQL classes 08 (connection), 53 (resources), 57P (shut down, starting up), 58 (system), and
// 57014 (our own time limit ended a statement that waited too long), 25006 (read-only).
const postgresCode = /^(?:08|53|57P|57014|25006|58)/;
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
]);
const driverKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TlsConnectionError",
]);

/** Whether an error means that the database can't be used now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Object && depth < 6; depth++) {
    const { code, kind, originalCode, message, cause, meta } = current as Record<string, unknown>;
    for (const candidate of [code, originalCode]) {
      if (typeof candidate !== "string") continue;
      if (prismaCodes.has(candidate) || networkCodes.has(candidate)) return true;
      if (candidate.length === 5 && !candidate.startsWith("P") && postgresCode.test(candidate))
        return true;
    }
    if (typeof kind === "string" && driverKinds.has(kind)) return true;
    if (
      typeof message === "string" &&
      /connection terminated|timeout exceeded when trying to connect|Can't reach database/i.test(
        message,
      )
    )
      return true;
    current = cause ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  }
  return false;
}

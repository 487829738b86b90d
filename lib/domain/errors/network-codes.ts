/** Silence: the names of our own limits, and undici's. */
export const timeoutCodes: ReadonlySet<string> = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "HEADERS_TIMEOUT",
  "FIRST_TOKEN_TIMEOUT",
  "IDLE_TIMEOUT",
  "TOTAL_TIMEOUT",
]);

/** Nothing came although a connection stood: asking once more may reach a better server. */
export const headerStallCodes: ReadonlySet<string> = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "HEADERS_TIMEOUT",
]);

/** No connection at all. Asking again at once meets the same closed door. */
export const unreachableCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NONAME",
  "ENODATA",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A connection that stood, and broke. */
export const lostCodes: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "UND_ERR_SOCKET",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "STREAM_ENDED",
]);

/** Node's and OpenSSL's names for everything that is wrong with a certificate or a handshake. */
export function isCertificateCode(code: string): boolean {
  return (
    /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(
      code,
    ) || code === "EPROTO"
  );
}

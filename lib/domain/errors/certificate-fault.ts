/** What is wrong with a provider's certificate; `handshake`: nobody there spoke https at all. */
export type CertificateFault =
  "expired" | "self_signed" | "unknown_issuer" | "wrong_host" | "handshake";

/**
 * Reads what is wrong from the names that Node and OpenSSL have for it.
 *
 * @param codes of the error and its causes, one of which is of a certificate or a handshake.
 */
export function findCertificateFault(codes: readonly string[]): CertificateFault {
  const isOne = (...names: string[]) => codes.some((code) => names.includes(code));
  if (isOne("CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID")) return "expired";
  if (isOne("ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH")) return "wrong_host";
  if (isOne("DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN")) return "self_signed";
  const isUnknown = codes.some((code) => /^UNABLE_TO_|^CERT_UNTRUSTED|^INVALID_CA/.test(code));
  return isUnknown ? "unknown_issuer" : "handshake";
}

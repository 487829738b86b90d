import type { AlertKind } from "@/lib/contracts/alerts";
import type { ErrorCode } from "@/lib/contracts/errors";

/** What an admin is told of at once: it does not mend itself. Other faults have to repeat first. */
const troubles: Partial<Record<ErrorCode, ProviderTrouble>> = {
  provider_out_of_credit: "provider_no_credit",
  provider_key_refused: "provider_failing",
  provider_forbidden: "provider_failing",
  provider_model_missing: "provider_failing",
  provider_certificate_refused: "provider_failing",
  provider_redirected: "provider_failing",
};

export type ProviderTrouble = Extract<AlertKind, "provider_no_credit" | "provider_failing">;

/** Which alert a failure of a request is by itself, where no other key could be used; or none. */
export function findProviderTrouble(code: ErrorCode): ProviderTrouble | null {
  return troubles[code] ?? null;
}

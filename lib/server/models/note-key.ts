import "server-only";
import { findKeyTrouble } from "@/lib/domain/failover/decide-failover";
import type { OpenKey } from "../providers/provider-key";
import type { GatePolicy } from "./gate-policy";
import type { KeyTurn } from "./key-ring";
import type { ModelCallError } from "./model-call-error";

/** An account without credit is asked again after so long. */
const creditRestMs = 600_000;

type KeyInUse = { key: OpenKey; keys: KeyTurn; policy: GatePolicy };

/** Notes that a key works: it is not set aside any more. */
export function noteKeyWorks({ key, keys, policy }: KeyInUse): void {
  keys.accept(key);
  if (key.isAside === true && key.id !== null) policy.clearKeyAside(key.id);
}

/**
 * Notes what a failure says about the key: one that was refused, or has no credit, is set aside,
 * or marked where there is no other; one at its limit is left alone for a moment.
 *
 * @returns whether another key is to be used at once.
 */
export function noteKeyFailed({ key, keys, policy }: KeyInUse, failure: ModelCallError): boolean {
  const { code, details = {} } = failure;
  const trouble = code === "own_key_refused" ? details["reason"] : findKeyTrouble(code);
  const hasOther = keys.hasOther(key);
  if (trouble === "limited") {
    const seconds = details["retryAfterSeconds"];
    if (keys.count > 1) keys.limit(key, typeof seconds === "number" ? seconds * 1000 : null);
    return hasOther;
  }
  if (trouble !== "refused" && trouble !== "no_credit") return false;
  keys.refuse(key);
  if (key.id !== null)
    policy.setKeyAside(key.id, {
      code,
      until: trouble === "refused" ? null : new Date(Date.now() + creditRestMs),
    });
  return hasOther;
}

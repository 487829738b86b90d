import type { ErrorCode } from "@/lib/contracts/errors";

export type SignUpMode = "open" | "invite" | "closed";

export type SignUpDecision =
  | { kind: "admin" }
  | { kind: "member" }
  /** An invite must be redeemed; it says the role. */
  | { kind: "redeem" }
  | { kind: "refuse"; code: ErrorCode };

/**
 * Whether somebody may make an account, and as what. The first account is the admin whatever the
 * mode. An invite that was presented must be good, even where none is needed: it may say more than
 * "member", and a bad one should not pass in silence.
 */
export function decideSignUp(given: {
  isFirst: boolean;
  mode: SignUpMode;
  hasInvite: boolean;
}): SignUpDecision {
  if (given.isFirst) return { kind: "admin" };
  if (given.mode === "closed") return { kind: "refuse", code: "signup_closed" };
  if (given.hasInvite) return { kind: "redeem" };
  if (given.mode === "open") return { kind: "member" };
  return { kind: "refuse", code: "signup_closed" };
}

"use client";

import { setNonce } from "get-nonce";

type StyleNonceProps = { nonce: string | undefined };

let isSet = false;

/**
 * Hands the page's nonce to the one library that adds a style element (it stops the page from
 * scrolling behind a dialog). Only the first one counts: the document keeps the policy it came with.
 */
export function StyleNonce({ nonce }: StyleNonceProps) {
  if (typeof window !== "undefined" && !isSet && nonce !== undefined) {
    setNonce(nonce);
    isSet = true;
  }
  return null;
}

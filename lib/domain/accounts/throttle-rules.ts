/**
 * How often something may be tried. A try counts before its outcome is known, so that parallel
 * tries can't slip through; a refused one counts nowhere, so hammering does not prolong a block.
 */
export type ThrottleRule = {
  /** Tries until the first block. */
  tries: number;
  /** The count starts anew this long after its first try, or after the last one when `isSliding`. */
  windowMs: number;
  isSliding: boolean;
  /** Lengths of the blocks in a row; the last one repeats. */
  blocksMs: readonly number[];
  /** After a block the count starts anew once it was calm for this long; until then, one try each. */
  calmMs: number;
};

const minuteMs = 60_000;

/**
 * One account from one address: 10 tries in any 5 minutes, then blocks of 5, 10 and 15 minutes.
 * Who owns the account is never kept out for longer than that.
 */
export const pairRule: ThrottleRule = {
  tries: 10,
  windowMs: 5 * minuteMs,
  isSliding: true,
  blocksMs: [5 * minuteMs, 10 * minuteMs, 15 * minuteMs],
  calmMs: 5 * minuteMs,
};

/**
 * One account from all addresses where it has not signed in lately: 20 tries per 15 minutes, which
 * is at most 100 in any hour (OWASP ASVS 4.0, 2.2.1). Addresses where it has are exempt, so an
 * attack from elsewhere does not lock the owner out at home.
 */
export const accountRule: ThrottleRule = {
  tries: 20,
  windowMs: 15 * minuteMs,
  isSliding: false,
  blocksMs: [15 * minuteMs],
  calmMs: 0,
};

/** One address over all accounts, wrong passwords only: bounds spraying and the work of hashing. */
export const addressRule: ThrottleRule = {
  tries: 100,
  windowMs: 5 * minuteMs,
  isSliding: false,
  blocksMs: [5 * minuteMs],
  calmMs: 0,
};

/** Registrations from one address. A whole team may sit behind one. */
export const registrationRule: ThrottleRule = {
  tries: 200,
  windowMs: 10 * minuteMs,
  isSliding: false,
  blocksMs: [10 * minuteMs],
  calmMs: 0,
};

type KeyEvent = { isComposing: boolean; keyCode: number; timeStamp: number };

/** Two events within this come from one key press: browsers stamp both with the time of the press. */
const sameKeyPressMs = 2;

/**
 * Whether a key press belongs to an input method. `isComposing` says so in most browsers and
 * keyCode 229 in old ones. Safari ends the composition before it reports the Enter that ended it,
 * so a key at the same moment as `compositionend` belongs to it too.
 *
 * @param compositionEndedAtMs `timeStamp` of the last `compositionend`; null when there was none.
 */
export function isComposing(event: KeyEvent, compositionEndedAtMs: number | null): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  if (compositionEndedAtMs === null) return false;
  const sinceEndMs = event.timeStamp - compositionEndedAtMs;
  return sinceEndMs >= 0 && sinceEndMs < sameKeyPressMs;
}

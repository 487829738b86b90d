/** The number that somebody typed, without thousands marks and spaces; NaN when it is none. */
export function readWholeNumber(text: string): number {
  const digits = text.normalize("NFKC").replace(/[\s,_]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** A change between two figures as a share of the earlier one; null where there is none to say. */
export function findChange(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before === 0) return null;
  return (now - before) / before;
}

/** A change as people write it, such as `+12%`; more than tenfold is said in times. */
export function formatChange(locale: string, change: number): string {
  if (change >= 9.995) {
    const times = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(change + 1);
    return `×${times}`;
  }
  return new Intl.NumberFormat(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: Math.abs(change) < 0.1 ? 1 : 0,
  }).format(change);
}

/** A share as people write it. What is not nothing does not read as nothing. */
export function formatShare(locale: string, share: number): string {
  const isTiny = share > 0 && share < 0.001;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: isTiny ? 2 : 1,
    ...(isTiny ? { roundingMode: "ceil" as const } : {}),
  }).format(share);
}

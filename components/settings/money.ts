const micros = 1_000_000;

/** The micro-units of an amount that somebody typed, such as `2.50` or `0,27`; NaN for none. */
export function readMicros(text: string): number {
  const plain = text.normalize("NFKC").replace(/[\s¥$]/g, "");
  // A comma after a zero marks no thousands: `0,270` is less than one.
  const amount = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(plain)
    ? plain.replaceAll(",", "")
    : plain.replace(",", ".");
  const [, whole = "", part = ""] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  if (whole === "") return Number.NaN;
  return Number(whole) * micros + Number(part.padEnd(6, "0"));
}

/** An amount as one types it: no more digits than it needs, and at least cents. */
export function writeMicros(amount: number): string {
  const whole = Math.floor(amount / micros);
  const part = String(amount % micros).padStart(6, "0");
  return `${String(whole)}.${part.replace(/0{1,4}$/, "")}`;
}

const count = readNumber("PARLEY_FAULT_SEEDS", 2);
const first = readNumber("PARLEY_FAULT_SEED_START", 1);

/** With each of these every fault is tried once; the same seed means the same timings. */
export const seeds = Array.from({ length: count }, (_, index) => first + index);

function readNumber(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number.`);
  return value;
}

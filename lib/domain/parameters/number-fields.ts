import type { Parameters } from "@/lib/contracts/parameters";

/** Parameters that are a number on a scale. */
export const scaleNames = [
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
] as const satisfies readonly (keyof Parameters)[];
export type ScaleName = (typeof scaleNames)[number];

/** Parameters that are a whole number. */
export type CountName = "maxOutputTokens" | "seed";
export type NumberName = ScaleName | CountName;

type NumberField = {
  min: number;
  max: number;
  step: number;
  /** What most models do when nothing is said: where the slider stands then. */
  usual: number;
};

/** Ranges as in lib/contracts/parameters.ts; steps as fine as anybody can tell the difference. */
export const numberFields: Record<NumberName, NumberField> = {
  temperature: { min: 0, max: 2, step: 0.1, usual: 1 },
  topP: { min: 0, max: 1, step: 0.05, usual: 1 },
  frequencyPenalty: { min: -2, max: 2, step: 0.1, usual: 0 },
  presencePenalty: { min: -2, max: 2, step: 0.1, usual: 0 },
  maxOutputTokens: { min: 1, max: 1_000_000, step: 256, usual: 4096 },
  seed: { min: 0, max: 2_147_483_647, step: 1, usual: 0 },
};

const isWhole = (name: NumberName) => name === "maxOutputTokens" || name === "seed";

/**
 * The number that somebody typed: undefined for nothing, null for what is no number. One beyond the
 * range becomes the nearest end; decimals may be written with a comma, or in full-width digits.
 */
export function readNumber(name: NumberName, text: string): number | null | undefined {
  const typed = text.normalize("NFKC").trim().replace(",", ".");
  if (typed === "") return undefined;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(typed)) return null;
  const { min, max } = numberFields[name];
  const value = isWhole(name) ? Math.round(Number(typed)) : roundTo(Number(typed), 3);
  return Math.min(max, Math.max(min, value));
}

/** A number of a slider, without the dust of binary fractions. */
export function roundTo(value: number, decimals: number): number {
  // Minus nothing is nothing.
  return Number(value.toFixed(decimals)) + 0;
}

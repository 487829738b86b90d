import type { ParameterPreset, Parameters } from "@/lib/contracts/parameters";
import { isSameParameters } from "./same-parameters";

export const builtInPresets = ["balanced", "exact", "creative"] as const;
export type BuiltInPreset = (typeof builtInPresets)[number];

/** What the presets that ship decide: how freely the model writes. All else stays as it is. */
const styleNames = [
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
] as const satisfies readonly (keyof Parameters)[];

/**
 * `balanced` leaves it all to the model. `exact` is for code and translation: little chance, and a
 * light hand against repetition. `creative` lets it wander.
 */
const styles: Record<BuiltInPreset, Pick<Parameters, (typeof styleNames)[number]>> = {
  balanced: {},
  exact: { temperature: 0.2, topP: 0.6, frequencyPenalty: 0.2 },
  creative: { temperature: 0.8, topP: 0.95 },
};

/** Which preset these are; null for a mixture of one's own. */
export type PresetMatch = { kind: "own"; id: string } | { kind: "built-in"; name: BuiltInPreset };

/** Parameters in the style of a preset that ships; what it does not decide stays. */
export function applyBuiltIn(
  parameters: Parameters | null,
  name: BuiltInPreset,
): Parameters | null {
  const kept = Object.entries(parameters ?? {}).filter(([key]) => !isStyle(key));
  const next: Parameters = { ...Object.fromEntries(kept), ...styles[name] };
  return Object.keys(next).length === 0 ? null : next;
}

/**
 * Finds the preset that these parameters are: one's own are compared as a whole, those that ship by
 * what they decide.
 */
export function matchPreset(
  parameters: Parameters | null,
  own: readonly ParameterPreset[],
): PresetMatch | null {
  const mine = own.find((preset) => isSameParameters(preset.parameters, parameters));
  if (mine !== undefined) return { kind: "own", id: mine.id };
  const style = Object.fromEntries(
    Object.entries(parameters ?? {}).filter(([key]) => isStyle(key)),
  );
  const name = builtInPresets.find((one) => isSameParameters(styles[one], style));
  return name === undefined ? null : { kind: "built-in", name };
}

function isStyle(name: string): boolean {
  return (styleNames as readonly string[]).includes(name);
}

import type { ParameterName, Parameters } from "@/lib/contracts/parameters";

/** Parameters with one of them changed, or left to the model (undefined); null when none is left. */
export function changeParameter<Name extends ParameterName>(
  parameters: Parameters | null,
  name: Name,
  value: Parameters[Name] | undefined,
): Parameters | null {
  const { [name]: _, ...rest } = parameters ?? {};
  const next = value === undefined ? rest : { ...rest, [name]: value };
  return Object.keys(next).length === 0 ? null : next;
}

/** How many are set, and not left to the model. */
export function countChanged(parameters: Parameters | null): number {
  return Object.keys(parameters ?? {}).length;
}

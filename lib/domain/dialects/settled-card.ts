import type { CapabilityCard, CapabilityName, Verdict } from "@/lib/contracts/cards";
import type { ParameterName, ReasoningEffort } from "@/lib/contracts/parameters";

/** A capability card with every fact decided; `unknown` where nobody knows. */
export type SettledCard = {
  capabilities: Record<CapabilityName, Verdict>;
  parameters: Record<ParameterName, Verdict>;
  outputLimitField: "max_tokens" | "max_completion_tokens";
  /** Null when unknown. */
  reasoningField: NonNullable<CapabilityCard["reasoningField"]> | null;
  reasoningBack: "never" | "always";
  /** The efforts that it takes; null when unknown. */
  reasoningEfforts: ReasoningEffort[] | null;
  systemRole: "system" | "developer" | "none";
};

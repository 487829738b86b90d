import * as z from "zod";
import { parameterNames, reasoningEfforts, type ParameterName } from "./parameters";

/** What a model can do, beside answering. */
export const capabilityNames = [
  "streaming",
  "usageInStream",
  "tools",
  "vision",
  "json",
  "jsonSchema",
  "reasoning",
] as const;
export type CapabilityName = (typeof capabilityNames)[number];

/** What is known of it: `unknown` means that it was neither tried nor documented. */
export const verdictSchema = z.enum(["yes", "no", "unknown"]);
export type Verdict = z.infer<typeof verdictSchema>;

const verdicts = <Name extends string>(names: readonly Name[]) =>
  z.partialRecord(z.enum(names as readonly [Name, ...Name[]]), verdictSchema);

/**
 * What was found to work for a model; shapes every request to it. What is left out is unknown, and
 * then the dialect's own defaults hold.
 */
export const capabilityCardSchema = z.object({
  capabilities: verdicts(capabilityNames).default({}),
  /** Which parameters it takes. */
  parameters: verdicts(parameterNames as readonly ParameterName[]).default({}),
  /** What the limit of an answer is called. */
  outputLimitField: z.enum(["max_tokens", "max_completion_tokens"]).optional(),
  /** Where its thoughts come; `none` when it shows none. */
  reasoningField: z.enum(["none", "reasoning_content", "reasoning", "think_tags"]).optional(),
  /** Whether earlier thoughts go back with their answers. */
  reasoningBack: z.enum(["never", "always"]).optional(),
  reasoningEfforts: z.array(z.enum(reasoningEfforts)).optional(),
  /** Whether it refuses a `system` message and wants `developer`, or nothing of the kind. */
  systemRole: z.enum(["system", "developer", "none"]).optional(),
  /** Where the facts come from. */
  source: z.enum(["preset", "diagnosis", "admin"]).optional(),
  sourceUrl: z.string().optional(),
  /** When it was written down or tried; ISO 8601. */
  checkedAt: z.string().optional(),
  /** Facts that a person has set: a diagnosis leaves them alone. Paths such as `parameters.seed`. */
  fixed: z.array(z.string()).default([]),
});
export type CapabilityCard = z.infer<typeof capabilityCardSchema>;

export const emptyCard: CapabilityCard = { capabilities: {}, parameters: {}, fixed: [] };

import * as z from "zod";
import { errorCodeSchema } from "./errors";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { lineText } from "./text";

/**
 * How a provider model has done lately: `ok`; `slow`; `failing` (over half of the last calls);
 * `resting` while its breaker is open; `aside` when no key of its provider is in use; `off` when it
 * or its provider is switched off; `unknown` without calls.
 */
export const modelStates = ["ok", "slow", "failing", "resting", "aside", "off", "unknown"] as const;
export type ModelState = (typeof modelStates)[number];

export const modelHealthSchema = z.object({
  modelId: z.string(),
  state: z.enum(modelStates),
  /** Of the last 24 hours. */
  calls: z.number().int(),
  failures: z.number().int(),
  /** Median until the first token, in milliseconds. */
  firstTokenMs: z.number().nullable(),
  breaker: z.enum(["closed", "open", "probing"]),
  /** When an open breaker lets a probe through. */
  probeAt: z.iso.datetime().nullable(),
  recentErrors: z.array(
    z.object({
      at: z.iso.datetime(),
      code: errorCodeSchema,
      status: z.number().int().nullable(),
    }),
  ),
});
export type ModelHealth = z.infer<typeof modelHealthSchema>;

/** An alias as an admin sees it. */
export const aliasSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  isDefault: z.boolean(),
  position: z.number().int(),
  /** The models in the order in which they are tried. */
  targets: z.array(
    z.object({
      modelId: z.string(),
      label: z.string(),
      providerName: z.string(),
      /** Neither it nor its provider is switched off. */
      isEnabled: z.boolean(),
    }),
  ),
});
export type Alias = z.infer<typeof aliasSchema>;

const targetsSchema = z
  .array(idSchema)
  .min(1)
  .max(limits.aliasTargets)
  .refine((ids) => new Set(ids).size === ids.length, { error: "names a model twice" });

export const aliasCreateSchema = z.strictObject({
  name: lineText(limits.nameCharacters),
  description: z.string().trim().max(300).default(""),
  /** Ids of models, in the order in which they are tried. */
  targets: targetsSchema,
});
export type AliasCreate = z.infer<typeof aliasCreateSchema>;

export const aliasPatchSchema = z
  .strictObject({
    name: lineText(limits.nameCharacters),
    description: z.string().trim().max(300),
    targets: targetsSchema,
    isEnabled: z.boolean(),
    isDefault: z.literal(true),
    /** Moves it to this place in the list, from 0. */
    position: z.number().int().min(0),
  })
  .partial();
export type AliasPatch = z.infer<typeof aliasPatchSchema>;

import * as z from "zod";
import { lineText } from "./text";

/** A model that a provider lists, or that was added from it. */
const discoveredModelSchema = z.object({
  /** The id at the provider. */
  name: z.string(),
  /** The stored model of this name; null when it is not added yet. */
  modelId: z.string().nullable(),
  /** false: it was added, but the provider keeps a list that does not have it. */
  isListed: z.boolean(),
});
export type DiscoveredModel = z.infer<typeof discoveredModelSchema>;

export const discoverySchema = z.object({
  /** Some providers keep no list, Azure for one; names are typed in there. */
  hasList: z.boolean(),
  models: z.array(discoveredModelSchema),
});
export type Discovery = z.infer<typeof discoverySchema>;

/** The body of POST /api/admin/providers/:id/models: models to add, by their id at the provider. */
export const modelsAddSchema = z.strictObject({
  names: z.array(lineText(200)).min(1).max(200),
});

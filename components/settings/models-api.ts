import { z } from "zod";
import { ApiError, callApi } from "@/lib/client/api";
import { aliasSchema, type Alias } from "@/lib/contracts/aliases";
import {
  modelSchema,
  providerSchema,
  type Model,
  type ModelPatch,
  type Provider,
  type ProviderPatch,
} from "@/lib/contracts/providers";

export type Catalogue = { providers: Provider[]; models: Model[]; aliases: Alias[] };

/** All providers, models and aliases, as the server has them now. */
export async function readCatalogue(): Promise<Catalogue> {
  const [{ providers }, { models }, { aliases }] = await Promise.all([
    callApi("GET", "/api/admin/providers", {
      schema: z.object({ providers: z.array(providerSchema) }),
    }),
    callApi("GET", "/api/admin/models", { schema: z.object({ models: z.array(modelSchema) }) }),
    callApi("GET", "/api/admin/aliases", { schema: z.object({ aliases: z.array(aliasSchema) }) }),
  ]);
  return { providers, models, aliases };
}

/** A model as it is now. @throws ApiError. */
export async function readModel(id: string): Promise<Model> {
  const schema = z.object({ models: z.array(modelSchema) });
  const { models } = await callApi("GET", "/api/admin/models", { schema });
  const model = models.find((one) => one.id === id);
  if (model === undefined) throw new ApiError("not_found", null, 404);
  return model;
}

export function patchProvider(id: string, body: ProviderPatch): Promise<undefined> {
  return callApi("PATCH", `/api/admin/providers/${id}`, { body });
}

export function deleteProvider(id: string): Promise<undefined> {
  return callApi("DELETE", `/api/admin/providers/${id}`);
}

export function patchModel(id: string, body: ModelPatch): Promise<undefined> {
  return callApi("PATCH", `/api/admin/models/${id}`, { body });
}

export function deleteModel(id: string): Promise<undefined> {
  return callApi("DELETE", `/api/admin/models/${id}`);
}

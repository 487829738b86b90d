import * as z from "zod";
import { callApi } from "@/lib/client/api";
import { modelHealthSchema, type ModelHealth } from "@/lib/contracts/aliases";

export async function readHealth(signal: AbortSignal): Promise<ModelHealth[]> {
  const schema = z.object({ health: z.array(modelHealthSchema) });
  return (await callApi("GET", "/api/admin/models/health", { schema, signal })).health;
}

/** Ends the rest of a model: its next call goes through. */
export function endRest(modelId: string): Promise<undefined> {
  return callApi("DELETE", `/api/admin/models/${modelId}/rest`);
}

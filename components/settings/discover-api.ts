import { callApi } from "@/lib/client/api";
import { discoverySchema, type Discovery } from "@/lib/contracts/discovery";

const atOnce = 200;

/** Asks a provider which models it has. */
export function discoverModels(providerId: string, signal: AbortSignal): Promise<Discovery> {
  const path = `/api/admin/providers/${providerId}/models`;
  return callApi("GET", path, { schema: discoverySchema, signal });
}

/** Adds models of a provider; those that are there already stay as they are. */
export async function addModels(providerId: string, names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += atOnce) {
    const body = { names: names.slice(start, start + atOnce) };
    await callApi("POST", `/api/admin/providers/${providerId}/models`, { body });
  }
}

import "server-only";
import { newId } from "../ids";
import { db } from "./client";
import type { NewModel } from "./default-alias";
import type { NewKey } from "./providers";

/** A model of which no more than its id is known. */
export const testModel = (name: string): NewModel => ({
  name,
  label: name,
  contextWindow: null,
  maxOutputTokens: null,
  card: {},
});

/** Stores a provider with one model and its alias, which is the default. @returns the shared id. */
export async function storeModel(given: {
  name: string;
  baseUrl: string;
  key?: NewKey | null;
}): Promise<{ modelId: string; providerId: string }> {
  const modelId = newId();
  const providerId = newId();
  const { name, baseUrl, key = null } = given;
  await db().provider.create({
    data: {
      id: providerId,
      name: "Scripted",
      kind: "openai-compatible",
      baseUrl,
      ...(key === null ? {} : { keys: { create: key } }),
      models: { create: { id: modelId, name, label: name } },
    },
  });
  await db().alias.create({
    data: {
      id: modelId,
      name: `${name} ${modelId}`,
      isOwn: true,
      isDefault: true,
      targets: { create: { modelId, position: 0 } },
    },
  });
  return { modelId, providerId };
}

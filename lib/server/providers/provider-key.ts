import "server-only";
import { open, seal } from "../secrets/seal";
import { readEnvironmentProvider } from "./environment-provider";

type KeyHolder = {
  id: string;
  source: "admin" | "environment" | "demo";
  baseUrl: string;
  encryptedKey: string | null;
};

/**
 * The key to call a provider with; null when it needs none. The environment's key is read from the
 * environment on each call and never stored, and is only ever given to the environment's address.
 *
 * @throws SealError when the stored key does not open.
 */
export function readProviderKey(provider: KeyHolder): string | null {
  const { id, source, baseUrl, encryptedKey } = provider;
  if (source === "environment") {
    const given = readEnvironmentProvider();
    return given?.baseUrl === baseUrl ? given.key : null;
  }
  return encryptedKey === null ? null : open(encryptedKey, bindingOf(id));
}

/** Seals a key for the row that will hold it; an empty key is none. */
export function sealProviderKey(key: string | undefined, providerId: string): string | null {
  return key === undefined || key === "" ? null : seal(key, bindingOf(providerId));
}

function bindingOf(providerId: string) {
  return { purpose: "provider-key", rowId: providerId } as const;
}

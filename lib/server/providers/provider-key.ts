import "server-only";
import type { SealedKey } from "../db/aliases";
import type { NewKey } from "../db/providers";
import { newId } from "../ids";
import { open, seal } from "../secrets/seal";
import { findEnvironmentProvider } from "./environment-provider";

type KeyHolder = {
  source: "admin" | "environment" | "demo";
  kind: string;
  baseUrl: string;
  keys: readonly SealedKey[];
};

/** A key to call a provider with. Goes into the header of a request, and nowhere else. */
export type OpenKey = {
  id: string | null;
  key: string;
  owner: "instance" | "member";
  /** It is marked as set aside; see SealedKey. */
  isAside?: boolean | undefined;
};

/**
 * The keys to call a provider with, in the order in which they are stored; none when it needs none.
 * The environment's key is read from the environment on each call and never stored, and is only ever
 * given to the environment's address; a member's own comes before it.
 *
 * @throws SealError when a stored key does not open.
 */
export function readProviderKeys({ source, kind, baseUrl, keys }: KeyHolder): OpenKey[] {
  const stored = keys.map(({ id, sealed, owner, isAside }): OpenKey => ({
    id,
    owner,
    isAside,
    key: open(sealed, bindingOf(id)),
  }));
  const given = findEnvironmentProvider({ source, kind });
  if (stored.some(({ owner }) => owner === "member")) return stored;
  if (given?.baseUrl !== baseUrl || given.key === null) return stored;
  return [{ id: null, key: given.key, owner: "instance" }, ...stored];
}

/** Seals a key for a new row; an empty key is none. */
export function sealProviderKey(key: string | undefined, label: string): NewKey | null {
  if (key === undefined || key === "") return null;
  const id = newId();
  return { id, label, encryptedKey: seal(key, bindingOf(id)) };
}

function bindingOf(keyId: string) {
  return { purpose: "provider-key", rowId: keyId } as const;
}

import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "../env";

/** What a sealed value is for; each purpose has a key of its own. */
export type SealPurpose = "provider-key" | "alert-channel" | "canary";

/** Where a sealed value belongs: it opens for this purpose and this row only. */
export type SealBinding = { purpose: SealPurpose; rowId: string };

/** A sealed value that does not open: altered, moved to another row, or sealed by another key. */
export class SealError extends Error {
  override name = "SealError";
}

const version = "v1";
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret with AES-256-GCM under a key derived (HKDF-SHA-256) for its purpose, bound to
 * the row that will hold it, with a random IV.
 *
 * @param masterKey 32 bytes in base64.
 * @returns `v1.` and base64url of IV, tag and ciphertext.
 */
export function seal(
  plaintext: string,
  binding: SealBinding,
  masterKey = env().encryptionKey,
): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(masterKey, binding.purpose), iv);
  cipher.setAAD(additionalData(binding));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  const box = Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
  return `${version}.${box.toString("base64url")}`;
}

/**
 * Decrypts what `seal` made.
 *
 * @throws SealError when the value, its row, its purpose or the key is not the one it was made with.
 */
export function open(
  sealed: string,
  binding: SealBinding,
  masterKey = env().encryptionKey,
): string {
  const [prefix, body = ""] = sealed.split(".", 2);
  const box = Buffer.from(body, "base64url");
  if (prefix !== version || box.length < ivBytes + tagBytes) throw new SealError("not sealed");
  const iv = box.subarray(0, ivBytes);
  const tag = box.subarray(ivBytes, ivBytes + tagBytes);
  const key = deriveKey(masterKey, binding.purpose);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
    decipher.setAAD(additionalData(binding));
    decipher.setAuthTag(tag);
    const ciphertext = box.subarray(ivBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new SealError("does not open", { cause });
  }
}

function deriveKey(masterKey: string, purpose: SealPurpose): Buffer {
  const material = Buffer.from(masterKey, "base64");
  if (material.length !== 32) throw new SealError("the key is not 32 bytes");
  return Buffer.from(hkdfSync("sha256", material, "parley", `parley/${purpose}/${version}`, 32));
}

function additionalData({ purpose, rowId }: SealBinding): Buffer {
  return Buffer.from(`${purpose}\0${rowId}`, "utf8");
}

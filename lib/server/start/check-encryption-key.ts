import "server-only";
import { z } from "zod";
import { getServerValue, setServerValue } from "../db/settings";
import { env, EnvError } from "../env";
import { open, seal, SealError } from "../secrets/seal";

const canary = "encryption-canary";
const binding = { purpose: "canary", rowId: canary } as const;

/**
 * Checks that ENCRYPTION_KEY is the key that this database's secrets were sealed with, by a value
 * sealed at the first start. Better no start than one where every provider's key fails to open.
 *
 * @throws EnvError with a sentence that says what to do.
 */
export async function checkEncryptionKey(): Promise<void> {
  const system = { system: "start" };
  const sealed = await getServerValue(system, canary, z.string());
  if (sealed === null) {
    await setServerValue(system, canary, seal(canary, binding));
    return;
  }
  try {
    open(sealed, binding);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const place = env().ENCRYPTION_KEY === undefined ? " (DATA_DIR/secrets/encryption-key)" : "";
    throw new EnvError(
      `ENCRYPTION_KEY: is not the key that this database was encrypted with${place}. ` +
        "Put the earlier key back; without it the stored provider keys cannot be read.",
    );
  }
}

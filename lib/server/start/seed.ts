import "server-only";
import { seedAdmin } from "./seed-admin";
import { checkEncryptionKey } from "./check-encryption-key";
import { seedEnvironmentProviders } from "./seed-environment-provider";

/**
 * The rows that a start brings: the first admin and the providers of the environment. Runs on every
 * start and changes nothing that is already as it should be.
 *
 * @throws EnvError when ENCRYPTION_KEY is not the key that this database was sealed with.
 */
export async function seed(): Promise<void> {
  await checkEncryptionKey();
  await seedAdmin();
  await seedEnvironmentProviders();
}

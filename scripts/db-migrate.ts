// Applies the migrations that the database does not have yet: npm run db:migrate
import { existsSync } from "node:fs";
import { openDatabase } from "@/lib/server/db/client";
import { DataDirInUseError, lockDataDir } from "@/lib/server/db/data-lock";
import { migrate } from "@/lib/server/db/migrate";
import { EnvError, env } from "@/lib/server/env";

if (existsSync(".env")) process.loadEnvFile(".env");

try {
  const { isEmbedded, dataDir } = env();
  const release = isEmbedded ? lockDataDir(dataDir) : undefined;
  const database = await openDatabase(env());
  const applied = await migrate(database);
  await database.close();
  release?.();
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied ${applied.join(", ")}.`);
  // The engine leaves a timer behind that would keep the process for seconds.
  process.exit(0);
} catch (error) {
  if (!(error instanceof EnvError) && !(error instanceof DataDirInUseError)) throw error;
  console.error(error.message);
  process.exit(1);
}

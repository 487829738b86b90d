import { statSync } from "node:fs";
import path from "node:path";
import { root, runBin } from "./run.mjs";

/**
 * Generates the Prisma client where it is missing or older than the schema or the lockfile (which
 * pins the generator). Resolves to an exit code.
 */
export async function generateIfNeeded() {
  const made = modifiedAt("generated/prisma/client.ts");
  const sources = ["prisma/schema.prisma", "package-lock.json"].map(modifiedAt);
  if (made > Math.max(...sources)) return 0;
  return runBin("prisma", ["generate", "--no-hints"]);
}

/** @param {string} file */
function modifiedAt(file) {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

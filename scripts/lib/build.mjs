import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateIfNeeded } from "./generate.mjs";
import { copyVendorFiles } from "../vendor.mjs";
import { root, runBin } from "./run.mjs";

const sources = ["app", "components", "lib", "messages", "prisma", "public"];
const isSourceFile = /^(?:package(?:-lock)?\.json|[^.].*\.(?:ts|mjs))$/;
// Next writes next-env.d.ts itself, and tests are not built.
const isIrrelevant =
  /\.test\.tsx?$|^testing.*\.ts$|^next-env\.d\.ts$|^(?:vitest|playwright(?:\.faults)?|eslint)\.config\./;

/** The folder of the build, as next.config.ts names it. */
export const distDir = path.join(root, process.env.NEXT_DIST_DIR ?? ".next");

const stampFile = path.join(distDir, "parley-sources");

/** Whether there is a build, of whatever age. */
export function hasBuild() {
  return existsSync(path.join(distDir, "BUILD_ID"));
}

/**
 * Builds when there is no build of exactly these sources. Contents are compared rather than times,
 * so that switching branches back and forth costs nothing. Resolves to an exit code.
 */
export async function buildIfNeeded() {
  copyVendorFiles();
  if (hasBuild() && readStamp() === fingerprint()) return 0;
  process.stdout.write("\nBuilding Parley. This takes a minute, and only after a change.\n\n");
  return build();
}

/** Builds, whether needed or not. Resolves to an exit code. */
export async function build() {
  copyVendorFiles();
  // Taken before, so that what is edited meanwhile makes the build old rather than fresh.
  const stamp = fingerprint();
  // The same sources make the same build: a page need not be loaded anew for it.
  const env = { NODE_ENV: "production", PARLEY_BUILD: stamp.slice(0, 20) };
  const code = (await generateIfNeeded()) || (await runBin("next", ["build"], { env }));
  if (code === 0) writeFileSync(stampFile, stamp);
  return code;
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
}

function fingerprint() {
  const hash = createHash("sha256");
  const files = readdirSync(root).filter((name) => isSourceFile.test(name));
  for (const folder of sources) {
    if (!existsSync(path.join(root, folder))) continue;
    for (const entry of readdirSync(path.join(root, folder), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)));
    }
  }
  for (const file of files.sort()) {
    if (isIrrelevant.test(path.basename(file))) continue;
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

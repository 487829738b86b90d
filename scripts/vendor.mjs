// Copies what is served as it is, and is too large for the bundler's graph, from node_modules to
// public/vendor. Run before the server is built or developed; takes no time when nothing changed.
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const files = [
  { from: "node_modules/mermaid/dist/mermaid.min.js", to: "public/vendor/mermaid.min.js" },
];

/** Brings public/vendor up to date. */
export function copyVendorFiles() {
  for (const { from, to } of files) {
    const source = path.join(root, from);
    const target = path.join(root, to);
    const isSame = statSync(target, { throwIfNoEntry: false })?.size === statSync(source).size;
    if (isSame) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(source, target);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) copyVendorFiles();

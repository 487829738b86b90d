// npm start: builds what is missing, then serves in this same process.
import "./lib/node-version.mjs";

const { buildIfNeeded } = await import("./lib/build.mjs");
const code = await buildIfNeeded();
if (code !== 0) {
  process.stderr.write("\nParley did not start, because the build above failed.\n\n");
  process.exit(code);
}
await import("./server.mjs");

import "./lib/node-version.mjs";

const { generateIfNeeded } = await import("./lib/generate.mjs");
const { runBin } = await import("./lib/run.mjs");
const { copyVendorFiles } = await import("./vendor.mjs");

copyVendorFiles();
const code =
  (await generateIfNeeded()) ||
  (await runBin("next", ["dev", ...process.argv.slice(2)], { env: { NODE_ENV: "development" } }));
process.exit(code);

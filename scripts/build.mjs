import "./lib/node-version.mjs";

const { build } = await import("./lib/build.mjs");
process.exit(await build());

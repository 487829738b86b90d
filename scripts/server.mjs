// Serves the production build: what `npm start` ends in, and what a deployment runs.
import "./lib/node-version.mjs";

process.env.NODE_ENV = "production";

const { serve } = await import("./lib/serve.mjs");
await serve();

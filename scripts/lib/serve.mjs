import { existsSync } from "node:fs";
import { createServer } from "node:http";
import module from "node:module";
import path from "node:path";
import { announce, explainListenError, fail } from "./announce.mjs";
import { distDir, hasBuild } from "./build.mjs";
import { listenHost } from "./listen-host.mjs";
import { gateRequest, refuseMalformed } from "./request-gate.mjs";
import { root } from "./run.mjs";
import { stopOnSignals } from "./shutdown.mjs";

/** Serves the production build until a signal ends it. */
export async function serve() {
  process.chdir(root);
  // Next reads .env too, but PORT and DATA_DIR are needed before. What is set already wins.
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (!hasBuild()) fail("There is no build yet: run `npm run build`, or `npm start`, which does.");
  // Compiling the same bundles anew is a good part of a start; V8 keeps the result.
  module.enableCompileCache(path.join(distDir, "cache/compile"));

  const server = createServer({
    // A client that never finishes its request must not hold a socket; answers may take any time.
    headersTimeout: 30_000,
    requestTimeout: 120_000,
    // Longer than the idle time of common balancers (60 s), which have to be first to let go.
    keepAliveTimeout: 65_000,
  });
  // Requests that come before Next is ready wait for it.
  const next = Promise.withResolvers();
  server.on("request", (request, response) => gateRequest(request, response, next.promise));
  server.on("clientError", refuseMalformed);
  stopOnSignals(server);

  const port = await listen(server).catch((error) => fail(explainListenError(error)));
  // Where no public URL is configured, it is made of the port.
  process.env.PORT = String(port);
  const isFirstStart = !existsSync(path.join(readDataDir(), "database"));
  next.resolve(await prepareNext(port));
  await announce({ port, dataDir: readDataDir(), isFirstStart });
  module.flushCompileCache();
}

/** @param {number} port */
async function prepareNext(port) {
  const { default: next } = await import("next");
  // Next would take over upgrades of the server it is given and leave their sockets open. On a
  // server that never listens it does no harm, and an upgrade is a plain request on ours.
  const app = next({ dev: false, dir: root, httpServer: createServer(), port });
  await app.prepare();
  return app.getRequestHandler();
}

/** @param {import("node:http").Server} server */
function listen(server) {
  const port = Number(process.env.PORT?.trim() || 3000);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: listenHost() }, () => {
      server.off("error", reject);
      resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
    });
  });
}

function readDataDir() {
  return path.resolve(process.env.DATA_DIR || ".data");
}

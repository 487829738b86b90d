import { setTimeout as sleep } from "node:timers/promises";

const graceMs = 5_000;
// Streams have been ended by then; this is for their last bytes to leave.
const lastBytesMs = 500;
const sweepEveryMs = 50;

/**
 * Ends the process in order on the first SIGTERM or SIGINT, and at once on the second.
 *
 * @param {import("node:http").Server} server
 */
export function stopOnSignals(server) {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void shutDown(server).then(() => process.exit(0));
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}

/** @param {import("node:http").Server} server */
async function shutDown(server) {
  const deadline = performance.now() + graceMs;
  // While this runs the server still answers: /api/ready says 503, and live answers are stored.
  // instrumentation.ts sets it; a signal during the start comes before.
  const { parleyShutDown } =
    /** @type {{ parleyShutDown?: (withinMs: number) => Promise<void> }} */ (globalThis);
  await Promise.race([
    Promise.resolve(parleyShutDown?.(graceMs - lastBytesMs)).catch(() => undefined),
    sleep(graceMs - lastBytesMs),
  ]);
  const closed = new Promise((resolve) => server.close(resolve));
  // A kept-alive connection falls idle only after its last answer, which may be on its way still.
  const sweeping = setInterval(() => server.closeIdleConnections(), sweepEveryMs);
  await Promise.race([closed, sleep(Math.max(deadline - performance.now(), lastBytesMs))]);
  clearInterval(sweeping);
  server.closeAllConnections();
}

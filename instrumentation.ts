/** Runs once when the server process starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { start, shutDown } = await import("@/lib/server/start/start");
  await start();
  // scripts/server.mjs owns the signals; it calls this before it lets go of the sockets.
  Object.assign(globalThis, { parleyShutDown: shutDown });
}

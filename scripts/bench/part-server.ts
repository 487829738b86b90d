import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port of this machine, tells the bench which, and ends with it. */
export function listenAndReport(server: Server): void {
  server.requestTimeout = 0;
  server.on("connection", (socket) => socket.setNoDelay(true));
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    process.send?.((server.address() as AddressInfo).port);
  });
  process.once("disconnect", () => process.exit(0));
  process.once("SIGTERM", () => process.exit(0));
  // Ctrl+C reaches the whole group; the bench decides when its parts end.
  process.on("SIGINT", () => undefined);
}

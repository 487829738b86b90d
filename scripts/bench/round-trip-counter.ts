import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { nowMicros } from "./clock";

/** What stands between the server and PostgreSQL, and counts. */
export type RoundTripCounter = {
  port: number;
  /** Round trips that started within a time: all, and as many as waited for each other. */
  count: (fromMicros: number, toMicros: number) => { all: number; inSeries: number };
  close: () => void;
};

type Trip = { startedAt: number; isAfterAll: boolean };

// The last message of every answer: ReadyForQuery, five bytes of length and a state.
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5]);

/** Starts a relay to PostgreSQL that notes when a query leaves and when its answer is complete. */
export async function startRoundTripCounter(target: URL): Promise<RoundTripCounter> {
  const trips: Trip[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    let isWaiting = false;
    const settle = () => {
      if (isWaiting) underWay -= 1;
      isWaiting = false;
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        settle();
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      });
    }
    client.on("data", (piece) => {
      if (!isWaiting) {
        trips.push({ startedAt: nowMicros(), isAfterAll: underWay === 0 });
        isWaiting = true;
        underWay += 1;
      }
      upstream.write(piece);
    });
    upstream.on("data", (piece: Buffer) => {
      if (piece.subarray(-6, -1).equals(readyForQuery)) settle();
      client.write(piece);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    count: (fromMicros, toMicros) => {
      const within = trips.filter(
        (trip) => trip.startedAt > fromMicros && trip.startedAt < toMicros,
      );
      return { all: within.length, inSeries: within.filter((trip) => trip.isAfterAll).length };
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

import path from "node:path";
import { startApp } from "../app";
import type { Bench } from "../bench";
import { nowMicros } from "../clock";
import { runTurn } from "../load";
import { startRoundTripCounter } from "../round-trip-counter";
import { writeScript } from "../script";
import { median } from "../statistics";
import type { Line } from "../table";

const line = { row: 7, what: "database round trips before the first token", goal: "1" } as const;

/** Row 7: counted on the wire, by a second server whose way to PostgreSQL leads through a counter. */
export async function measureRoundTrips({ database, settings }: Bench): Promise<Line[]> {
  if (database.url === "") {
    return [{ ...line, unit: "in series", parley: null, note: "counted on PostgreSQL only" }];
  }
  const counter = await startRoundTripCounter(new URL(database.url));
  const url = new URL(database.url);
  url.hostname = "127.0.0.1";
  url.port = String(counter.port);
  const dataDir = path.join(settings.dataDir, "counted");
  const app = await startApp({ ...settings, databaseUrl: url.href, dataDir, profileDir: null });
  try {
    await app.signIn();
    const counts: { all: number; inSeries: number }[] = [];
    const prompt = writeScript({ tokens: 20, perSecond: 0 });
    for (let turn = 0; turn < 25; turn++) {
      const sentAt = nowMicros();
      let firstAt = sentAt;
      await runTurn(app.turn(prompt), {
        onFirstToken: (micros) => {
          firstAt = micros;
        },
      });
      counts.push(counter.count(sentAt, firstAt));
    }
    return [
      {
        ...line,
        unit: "in series",
        parley: median(counts.map((count) => count.inSeries)),
        note: `${median(counts.map((count) => count.all))} in all`,
      },
    ];
  } finally {
    await app.stop();
    counter.close();
  }
}

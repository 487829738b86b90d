import { gunzipSync } from "node:zlib";
import { get } from "node:http";
import type { Bench } from "../bench";
import { runTurn } from "../load";
import { writeScript } from "../script";
import { median } from "../statistics";
import type { Line } from "../table";

/** Row 8: the first token after histories of different lengths. */
export async function measureLongHistories(bench: Bench): Promise<Line[]> {
  const rounds = bench.isQuick ? 15 : 40;
  const prompt = writeScript({ tokens: 20, perSecond: 0 });
  const times = new Map(bench.histories.map(({ size }) => [size, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const { size, conversationId, leafId } of bench.histories) {
      // A new branch at the same leaf each time: the history stays as long as it is.
      const turn = bench.app.turn(prompt, { conversationId, parentId: leafId });
      times.get(size)?.push((await runTurn(turn)).firstTokenMs);
    }
  }
  const medians = bench.histories.map(({ size }) => ({ size, ms: median(times.get(size) ?? []) }));
  const shortest = medians[0]?.ms ?? Number.NaN;
  return medians.map(({ size, ms }) => ({
    row: 8,
    what: `first token after ${size.toLocaleString("en")} messages, p50`,
    unit: "ms",
    parley: ms,
    goal: size === 5_000 ? "1.1 times" : "",
    note: `${(ms / shortest).toFixed(2)} times that after 10`,
  }));
}

/** Row 9: what comes over the wire when a conversation is opened. */
export async function measureOpening(bench: Bench): Promise<Line[]> {
  const empty = await download(bench, "/");
  const lines: Line[] = [];
  for (const { size, conversationId } of bench.histories) {
    const page = await download(bench, `/c/${conversationId}`);
    const api = await download(bench, `/api/conversations/${conversationId}/messages`);
    const what = `opening ${size.toLocaleString("en")} messages`;
    lines.push({
      row: 9,
      what: `${what}: the page`,
      unit: "kB",
      parley: page.kilobytes,
      goal: "30",
      note: note(
        page,
        empty.kilobytes === null ? "" : `${empty.kilobytes.toFixed(1)} kB when empty`,
      ),
    });
    lines.push({
      row: 9,
      what: `${what}: the first messages by API`,
      unit: "kB",
      parley: api.kilobytes,
      goal: "30",
      note: note(api, ""),
    });
  }
  return lines;
}

type Download = {
  kilobytes: number | null;
  status: number;
  isCompressed: boolean;
  fullKilobytes: number;
};

function note({ status, isCompressed, fullKilobytes }: Download, more: string): string {
  if (status !== 200) return `status ${status}`;
  const form = isCompressed ? `${fullKilobytes.toFixed(1)} kB unpacked` : "not compressed";
  return [form, more].filter(Boolean).join("; ");
}

/** Fetches as a browser would, and counts what is sent. */
function download({ app }: Bench, path: string): Promise<Download> {
  const headers = { ...app.headers(), "accept-encoding": "gzip" };
  return new Promise((resolve, reject) => {
    const request = get(app.url + path, { headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(pieces);
        const status = response.statusCode ?? 0;
        const isCompressed = response.headers["content-encoding"] === "gzip";
        resolve({
          kilobytes: status === 200 ? body.length / 1000 : null,
          status,
          isCompressed,
          fullKilobytes: (isCompressed ? gunzipSync(body) : body).length / 1000,
        });
      });
    });
    request.on("error", reject);
  });
}

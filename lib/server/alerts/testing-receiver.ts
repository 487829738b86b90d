import "server-only";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

export type Received = { url: string; headers: IncomingHttpHeaders; body: string };

/** Null: no answer at all. */
type Answer = { status?: number; body?: string; headers?: Record<string, string> } | null;

export type Receiver = {
  url: string;
  received: Received[];
  /** What is answered next, in turn; after the last one 200 with an empty object. */
  answers: Answer[];
  close: () => Promise<void>;
};

/** Starts what alerts are sent to, over HTTP; closed after the test. */
export function useReceivers(): { start: () => Promise<Receiver> } {
  const open: Receiver[] = [];
  afterEach(async () => {
    for (const receiver of open.splice(0)) await receiver.close();
  });
  return {
    start: async () => {
      const receiver = await startReceiver();
      open.push(receiver);
      return receiver;
    },
  };
}

async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => (body += part));
    request.on("end", () => {
      received.push({ url: request.url ?? "", headers: request.headers, body });
      const answer = answers.length === 0 ? {} : (answers.shift() ?? null);
      if (answer === null) return;
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(answer.body ?? "{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/hook?access_token=CANARY-TOKEN`,
    received,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

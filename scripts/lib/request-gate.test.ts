import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gateRequest, refuseMalformed } from "./request-gate.mjs";

let server: Server;
let received: { url: string | undefined; headers: IncomingHttpHeaders }[];

beforeEach(async () => {
  received = [];
  const handler = Promise.resolve(async (request: IncomingMessage, response: ServerResponse) => {
    received.push({ url: request.url, headers: request.headers });
    if (request.url === "/broken") throw new Error("not parseable");
    response.end("from Next");
  });
  server = createServer((request, response) => {
    void gateRequest(request, response, handler);
  }).on("clientError", refuseMalformed);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** Sends bytes as they are and returns the first line of the answer. */
async function send(...lines: string[]): Promise<string | undefined> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const answer = await text(socket);
  return answer.split("\r\n")[0];
}

describe("the gate before Next", () => {
  it("lets an ordinary request through", async () => {
    expect(await send("GET /c/1?a=b HTTP/1.1", "host: x", "connection: close")).toContain("200");
    expect(received[0]?.url).toBe("/c/1?a=b");
  });

  it("refuses a body that is declared too large before reading it", async () => {
    const length = `content-length: ${String(16 * 1024 * 1024 + 1)}`;
    expect(await send("POST /api/chat HTTP/1.1", "host: x", length)).toContain("413");
    expect(received).toEqual([]);
  });

  it("answers what is not HTTP with 400", async () => {
    expect(await send("HELLO")).toContain("400");
  });

  it("answers headers without end with 431", async () => {
    expect(await send("GET / HTTP/1.1", "host: x", `x: ${"a".repeat(20_000)}`)).toContain("431");
  });

  it("refuses a target that is no path", async () => {
    expect(await send("OPTIONS * HTTP/1.1", "host: x")).toContain("400");
    expect(await send("GET http://elsewhere/ HTTP/1.1", "host: x")).toContain("400");
    expect(received).toEqual([]);
  });

  it("answers 400 where Next gives up on a request", async () => {
    expect(await send("GET /broken HTTP/1.1", "host: x", "connection: close")).toContain("400");
  });

  it("forgets what a client claims about itself", async () => {
    const claims = ["x-forwarded-for: 1.2.3.4", "x-forwarded-host: evil", "forwarded: for=1.2.3.4"];
    await send("GET / HTTP/1.1", "host: x", ...claims, "connection: close");
    expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual(["connection", "host"]);
  });

  it("believes a proxy where one is trusted", async () => {
    vi.stubEnv("TRUSTED_PROXIES", "1");
    await send("GET / HTTP/1.1", "host: x", "x-forwarded-for: 1.2.3.4", "connection: close");
    expect(received[0]?.headers["x-forwarded-for"]).toBe("1.2.3.4");
  });
});

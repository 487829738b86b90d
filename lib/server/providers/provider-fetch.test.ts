import type * as dns from "node:dns";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProviderFetch, type ProviderFetch } from "./provider-fetch";

type Found = { address: string; family: 4 | 6 }[];

const resolver = vi.hoisted(() => ({ answers: new Map<string, Found[]>() }));

// A resolver whose answers are written by the test, one after the other; others are real.
vi.mock("node:dns", async (importOriginal) => {
  const real = await importOriginal<typeof dns>();
  const lookup = (name: string, options: object, callback: (...results: unknown[]) => void) => {
    const answers = resolver.answers.get(name);
    if (answers === undefined) real.lookup(name, options, callback);
    else callback(null, answers.length > 1 ? answers.shift() : answers[0]);
  };
  return { ...real, lookup };
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that counts requests. */
async function serve(handle: Handler) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, requests, connections: () => connections };
}

const closers: (() => unknown)[] = [];

function makeFetch(allowedHosts: string[], headersTimeoutMs = 5_000): ProviderFetch {
  const made = createProviderFetch({ allowedHosts, headersTimeoutMs, connectTimeoutMs: 1_000 });
  closers.push(() => made.close());
  return made;
}

/** The codes of an error and its causes. */
async function failureCodes(promise: Promise<unknown>): Promise<string[]> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const codes: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === "string") codes.push(code);
  }
  return codes;
}

const refused = ["PROVIDER_ADDRESS_REFUSED"];

beforeEach(() => resolver.answers.clear());
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
});

describe("provider traffic", () => {
  it("reaches a host that is listed, and uses its connections again", async () => {
    const { port, requests, connections } = await serve((_, response) => response.end("hello"));
    const providerFetch = makeFetch(["127.0.0.1"]);
    const url = `http://127.0.0.1:${String(port)}/v1/models`;
    for (let call = 0; call < 6; call++) {
      const response = await providerFetch(url, { headers: { authorization: "Bearer k" } });
      expect(await response.text()).toBe("hello");
    }
    expect(requests).toHaveLength(6);
    expect(requests[0]?.headers.authorization).toBe("Bearer k");
    expect(connections()).toBeLessThan(4);
  });

  it("takes a Request as fetch does", async () => {
    const { port } = await serve((request, response) => {
      request.pipe(response);
    });
    const request = new Request(`http://127.0.0.1:${String(port)}/`, { method: "POST", body: "é" });
    expect(await (await makeFetch(["127.0.0.1"])(request)).text()).toBe("é");
  });

  it("reads a compressed body", async () => {
    const { port } = await serve((_, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync("squeezed"));
    });
    const response = await makeFetch(["127.0.0.1"])(`http://127.0.0.1:${String(port)}/`);
    expect(await response.text()).toBe("squeezed");
  });

  it("makes no connection to this machine unless it is listed", async () => {
    const { port, connections } = await serve((_, response) => response.end());
    const providerFetch = makeFetch(["10.0.0.1", "127.0.0.1:1"]);
    for (const host of ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:7f00:1]"]) {
      for (const scheme of ["http", "https"]) {
        const url = `${scheme}://${host}:${String(port)}/`;
        expect(await failureCodes(providerFetch(url))).toEqual(refused);
      }
    }
    expect(connections()).toBe(0);
  });

  it.each([
    ["loopback", [["127.0.0.1", 4]]],
    [
      "public and loopback",
      [
        ["93.184.215.14", 4],
        ["::1", 6],
      ],
    ],
    ["the metadata service", [["169.254.169.254", 4]]],
    ["nothing", []],
  ] as [string, [string, 4 | 6][]][])(
    "makes no connection when a public name resolves to %s",
    async (_, found) => {
      const { port, connections } = await serve((_request, response) => response.end());
      resolver.answers.set("rebound.example", [
        found.map(([address, family]) => ({ address, family })),
      ]);
      const url = `https://rebound.example:${String(port)}/`;
      expect(await failureCodes(makeFetch(["127.0.0.1", "localhost"])(url))).toEqual(refused);
      expect(connections()).toBe(0);
    },
  );

  it("connects to the very address that was judged, whatever the name resolves to later", async () => {
    const { port, requests } = await serve((_, response) => response.end("ok"));
    resolver.answers.set("listed.example", [
      [{ address: "127.0.0.1", family: 4 }],
      [{ address: "169.254.169.254", family: 4 }],
    ]);
    const url = `http://listed.example:${String(port)}/`;
    expect(await (await makeFetch(["listed.example"])(url)).text()).toBe("ok");
    expect(requests).toHaveLength(1);
    expect(await failureCodes(makeFetch(["listed.example"])(url))).toEqual(refused);
  });

  it.each([301, 302, 303, 307, 308])("does not follow a redirect (%i)", async (status) => {
    const canary = await serve((_, response) => response.end("leaked"));
    const locations = [
      `http://127.0.0.1:${String(canary.port)}/`,
      "/again",
      "file:///etc/passwd",
      "not a place",
    ];
    for (const location of locations) {
      const { port, requests } = await serve((_, response) => {
        response.writeHead(status, { location }).end("moved");
      });
      const call = makeFetch(["127.0.0.1"])(`http://127.0.0.1:${String(port)}/`, {
        method: "POST",
        headers: { authorization: "Bearer k", "api-key": "k" },
        body: "the prompt",
      });
      expect(await failureCodes(call)).toEqual(["PROVIDER_REDIRECTED"]);
      expect(requests).toHaveLength(1);
    }
    expect(canary.connections()).toBe(0);
  });

  it("says when nothing listens, when the name is unknown, and when headers do not come", async () => {
    const silent = await serve(() => undefined);
    const { port } = await serve((_, response) => response.end());
    await closers.pop()?.();
    const providerFetch = makeFetch(["127.0.0.1", "nowhere.invalid"], 200);
    const at = (host: string) => failureCodes(providerFetch(`http://${host}/`));
    expect(await at(`127.0.0.1:${String(port)}`)).toContain("ECONNREFUSED");
    expect((await at("nowhere.invalid"))[0]).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(await at(`127.0.0.1:${String(silent.port)}`)).toContain("UND_ERR_HEADERS_TIMEOUT");
  });

  it("refuses a certificate that is not valid rather than going on without", async () => {
    const { port } = await serve((_, response) => response.end());
    const call = makeFetch(["127.0.0.1"])(`https://127.0.0.1:${String(port)}/`);
    expect((await failureCodes(call)).join()).toMatch(/SSL|TLS/);
  });

  it("uses no proxy of the environment", async () => {
    const proxy = await serve((_, response) => response.end("by proxy"));
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${String(proxy.port)}`);
    vi.stubEnv("http_proxy", `http://127.0.0.1:${String(proxy.port)}`);
    const { port } = await serve((_, response) => response.end("direct"));
    const response = await makeFetch(["127.0.0.1"])(`http://127.0.0.1:${String(port)}/`);
    expect(await response.text()).toBe("direct");
  });

  it("ends at once when the caller aborts", async () => {
    const { port } = await serve(() => undefined);
    const controller = new AbortController();
    const call = makeFetch(["127.0.0.1"])(`http://127.0.0.1:${String(port)}/`, {
      signal: controller.signal,
    });
    controller.abort(new Error("stop"));
    await expect(call).rejects.toThrow("stop");
  });
});

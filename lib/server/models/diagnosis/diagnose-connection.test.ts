import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate, type Certificate } from "@/e2e/fixtures/certificates";
import { examine } from "./testing-diagnosis";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const serve = async (answer: RequestListener) =>
  `http://${await listen(createHttpServer(answer))}/v1`;

const serveSafely = async ({ key, cert }: Certificate) =>
  `https://${await listen(createHttpsServer({ key, cert }, (_, response) => response.end("{}")))}/v1`;

const model = { modelName: "any" };

describe("a provider that is not there", () => {
  it("is told after one request, and nothing more is tried", async () => {
    // Nothing listens where a server has just gone.
    const server = createHttpServer();
    const baseUrl = `http://${await listen(server)}/v1`;
    await new Promise((resolve) => server.close(resolve));
    const { findings, requests, card } = await examine({ ...model, baseUrl });
    expect(findings).toMatchObject({
      reachable: "bad provider_unreachable",
      certificate: "skipped",
      key: "skipped",
      reasoningEffort: "skipped",
    });
    expect(requests).toBe(0);
    expect(card).not.toHaveProperty("source");
  });

  it("looks the same whether a port is closed or breaks off", async () => {
    const broken = await serve((request) => {
      request.socket.resetAndDestroy();
    });
    const closed = await examine({ ...model, baseUrl: "http://127.0.0.1:1024/v1" });
    const cut = await examine({ ...model, baseUrl: broken });
    const seen = ({ steps }: typeof cut) => steps.map((step) => ({ ...step, durationMs: 0 }));
    expect(seen(cut)).toEqual(seen(closed));
  });

  it("is not asked at an address that the operator does not allow", async () => {
    const { findings } = await examine({ ...model, baseUrl: "http://10.0.0.1/v1" });
    expect(findings.reachable).toBe("bad provider_address_refused");
  });

  it("says nothing", async () => {
    const baseUrl = await serve(() => undefined);
    const { findings } = await examine({ ...model, baseUrl }, { limits: { firstMs: 100 } });
    expect(findings.reachable).toBe("bad provider_timeout");
  });
});

describe("something else at the address", () => {
  it("redirects, and neither key nor question follow", async () => {
    const seen: string[] = [];
    const target = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.end("{}");
    });
    const baseUrl = await serve((_, response) => {
      response.writeHead(307, { location: `${target}/models` }).end();
    });
    const { findings } = await examine({ ...model, baseUrl });
    expect(findings).toMatchObject({ reachable: "bad provider_redirected", key: "skipped" });
    expect(seen).toEqual([]);
  });

  it("is a page", async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>");
    });
    const { findings } = await examine({ ...model, baseUrl });
    expect(findings).toMatchObject({
      reachable: "ok",
      models: "unclear provider_incompatible",
      answers: "bad provider_incompatible",
      streams: "skipped",
    });
  });

  it("answers with more than anybody can read", async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ data: ["x".repeat(2_000_000)] }));
    });
    const { findings } = await examine({ ...model, baseUrl });
    expect(findings.answers).toBe("bad provider_incompatible");
  });
});

describe("a certificate", () => {
  const authority = makeCertificate({ host: "Nobody's authority" });
  const issuer = { name: "Nobody's authority", privateKey: authority.privateKey };
  const known = makeCertificate({ host: "A known authority" });
  const knownIssuer = { name: "A known authority", privateKey: known.privateKey };
  const usual = getCACertificates();
  const yesterday = new Date(Date.now() - 86_400_000);

  beforeAll(() => {
    setDefaultCACertificates([...usual, known.cert]);
  });
  afterAll(() => {
    setDefaultCACertificates(usual);
  });

  it("of a known issuer is good", async () => {
    const certificate = makeCertificate({ host: "127.0.0.1", issuer: knownIssuer });
    const { findings } = await examine({ ...model, baseUrl: await serveSafely(certificate) });
    expect(findings).toMatchObject({ reachable: "ok", certificate: "ok" });
  });

  it.each<[string, string, Certificate]>([
    ["signed by itself", "self_signed", makeCertificate({ host: "127.0.0.1" })],
    [
      "of an issuer whom nobody knows",
      "unknown_issuer",
      makeCertificate({ host: "127.0.0.1", issuer }),
    ],
    [
      "of yesterday",
      "expired",
      makeCertificate({ host: "127.0.0.1", issuer: knownIssuer, validUntil: yesterday }),
    ],
    [
      "of another host",
      "wrong_host",
      makeCertificate({ host: "other.example", issuer: knownIssuer }),
    ],
  ])("%s is refused", async (_, fault, certificate) => {
    const { findings, steps } = await examine({
      ...model,
      baseUrl: await serveSafely(certificate),
    });
    expect(findings).toMatchObject({
      reachable: "ok",
      certificate: "bad provider_certificate_refused",
      key: "skipped",
    });
    expect(steps[1]?.details).toEqual({ fault });
  });

  it("is missing where plain http is spoken", async () => {
    const baseUrl = (await serve((_, response) => response.end())).replace("http:", "https:");
    const { steps } = await examine({ ...model, baseUrl });
    expect(steps[1]).toMatchObject({ finding: "bad", details: { fault: "handshake" } });
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startProvider } from "@/e2e/provider/server";
import type { ProviderTest } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { makeUser, useTestDatabase } from "../db/testing";
import { testConnection } from "./test-connection";

useTestDatabase();

const secret = "sk-SECRET";
const list = JSON.stringify({ data: [{ id: "one" }, { id: "two" }] });

type Scripted = { status?: number; body?: string; headers?: Record<string, string>; cut?: boolean };

// What is answered at each path; everything else is a 404.
const answers: Record<string, Scripted> = {
  "/v1/models": { body: list },
  "/401/v1/models": { status: 401, body: `{"error":{"message":"Incorrect API key: ${secret}"}}` },
  "/403/v1/models": { status: 403, body: `{"error":"${secret}"}` },
  "/402/v1/models": { status: 402 },
  "/429/v1/models": { status: 429, headers: { "retry-after": "7" } },
  "/quota/v1/models": { status: 429, body: '{"error":{"code":"insufficient_quota"}}' },
  "/500/v1/models": { status: 500, body: `<html>${secret}</html>` },
  "/400/v1/models": { status: 400, body: secret },
  "/html/v1/models": { body: "<html>Welcome</html>" },
  "/object/v1/models": { body: "{}" },
  "/large/v1/models": { body: JSON.stringify(["x".repeat(2_000_000)]) },
  "/redirect/v1/models": { status: 307, headers: { location: "/v1/models" } },
  "/cut/v1/models": { cut: true },
};

const paths: string[] = [];
const server = createServer((request, response) => {
  paths.push(`${request.url ?? ""} ${request.headers.authorization ?? "-"}`);
  const { status = 200, body, headers = {}, cut } = answers[request.url ?? ""] ?? { status: 404 };
  if (cut === true) request.socket.resetAndDestroy();
  else response.writeHead(status, headers).end(body);
});
let origin: string;
let actor: Actor;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  paths.length = 0;
  actor = await makeUser({ role: "admin" });
});

const test = (path: string, extra: object = {}): Promise<ProviderTest> =>
  testConnection(actor, {
    kind: "openai-compatible",
    baseUrl: `${origin}${path}`,
    key: secret,
    ...extra,
  });

describe("testing a connection", () => {
  it("lists the models, sending the key once and in its header only", async () => {
    expect(await test("/v1")).toEqual({
      isOk: true,
      models: ["one", "two"],
      baseUrl: `${origin}/v1`,
      errorCode: null,
      errorDetails: null,
    });
    expect(paths).toEqual([`/v1/models Bearer ${secret}`]);
  });

  it("sends no header without a key", async () => {
    await test("/v1", { key: undefined });
    await test("/v1", { key: "" });
    expect(paths).toEqual(["/v1/models -", "/v1/models -"]);
  });

  it("finds the /v1 that was left out, and says so", async () => {
    expect(await test("")).toMatchObject({
      isOk: true,
      baseUrl: `${origin}/v1`,
      models: ["one", "two"],
    });
    expect(paths).toHaveLength(2);
  });

  it("works with a server that keeps no list, but not with one that should", async () => {
    expect(await test("/nothing/v1")).toMatchObject({ isOk: true, models: [] });
    expect(paths).toHaveLength(1);
    expect(await test("/nothing")).toMatchObject({ isOk: true, baseUrl: `${origin}/nothing` });
    expect(await test("/nothing", { kind: "ollama" })).toMatchObject({
      isOk: false,
      errorCode: "provider_incompatible",
    });
  });

  it.each([
    ["/401", "provider_key_refused"],
    ["/403", "provider_forbidden"],
    ["/402", "provider_out_of_credit"],
    ["/429", "provider_rate_limited"],
    ["/quota", "provider_out_of_credit"],
    ["/500", "provider_failed"],
    ["/400", "provider_rejected"],
    ["/html", "provider_incompatible"],
    ["/object", "provider_incompatible"],
    ["/large", "provider_incompatible"],
    ["/redirect", "provider_redirected"],
    ["/cut", "provider_unreachable"],
  ])("says what %s means, in no word of the provider's", async (path, errorCode) => {
    const result = await test(`${path}/v1`);
    expect(result).toMatchObject({ isOk: false, models: [], errorCode });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it("tells how long to wait", async () => {
    expect((await test("/429/v1")).errorDetails).toMatchObject({ retryAfterSeconds: 7 });
  });

  it("says when nothing listens, and asks nobody whom it may not", async () => {
    expect(await test("", { baseUrl: "http://127.0.0.1:1024/v1" })).toMatchObject({
      errorCode: "provider_unreachable",
    });
    for (const baseUrl of ["http://10.0.0.1/v1", "https://127.0.0.2/v1", "http://127.0.0.1:22"]) {
      expect(await test("", { baseUrl })).toMatchObject({ errorCode: "provider_address_refused" });
    }
  });

  it("knows a port that does not speak https from a certificate that is refused", async () => {
    const baseUrl = `${origin.replace("http:", "https:")}/v1`;
    expect(await test("", { baseUrl })).toMatchObject({
      isOk: false,
      errorCode: "provider_certificate_refused",
      errorDetails: { fault: "handshake" },
    });
  });

  it("is limited, so that it makes a poor port scanner", async () => {
    for (let call = 0; call < 30; call++) await test("/v1");
    await expect(test("/v1")).rejects.toMatchObject({
      code: "rate_limited",
      details: { retryAfterSeconds: expect.any(Number) },
    });
    actor = await makeUser({ role: "admin" });
    expect((await test("/v1")).isOk).toBe(true);
  });

  it("asks Azure in its own way: whether the key is right, not what is deployed", async () => {
    const provider = await startProvider();
    const azure = {
      kind: "azure",
      baseUrl: provider.dialectUrl("azure"),
      apiVersion: "2024-10-21",
    } as const;
    const right = await testConnection(actor, { ...azure, key: "sk-test" });
    const wrong = await testConnection(actor, { ...azure, key: "sk-wrong" });
    await provider.close();
    expect(right).toMatchObject({ isOk: true, models: [], baseUrl: azure.baseUrl });
    expect(wrong).toMatchObject({ isOk: false, errorCode: "provider_key_refused" });
  });

  it("does without a list where a provider has none", async () => {
    expect(await test("/nothing/v1", { kind: "ark" })).toMatchObject({ isOk: true, models: [] });
  });
});

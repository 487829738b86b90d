import * as z from "zod";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/domain/errors/app-error";
import { lifecycle } from "../start/lifecycle";
import { publicRoute, userRoute } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

const body = z.strictObject({ name: z.string().max(10) });
const echo = publicRoute({ body, maxBytes: 100 }, ({ body: given }) => given);

function post(text: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/x", {
    method: "POST",
    body: text,
    headers: { host: "localhost:3000", "content-type": "application/json", ...headers },
    duplex: "half",
  } as RequestInit);
  return echo(request, { params: Promise.resolve({}) });
}

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

afterEach(() => {
  lifecycle().phase = "starting";
});

describe("a route", () => {
  it("answers with what the handler returns, never cached", async () => {
    const response = await post('{"name":"Ada"}');
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ name: "Ada" });
  });

  it.each([
    ["an unknown key", '{"name":"Ada","isAdmin":true}'],
    ["a value too long", '{"name":"Ada Lovelace of London"}'],
    ["no JSON", "name=Ada"],
    ["nothing", ""],
    ["the wrong kind", "[]"],
  ])("refuses %s", async (_, text) => {
    const response = await post(text);
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe("invalid_input");
  });

  it("refuses bytes that are no UTF-8", async () => {
    expect((await post(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
  });

  it("refuses a body that is declared too large before reading a byte of it", async () => {
    let wasRead = false;
    const stream = new ReadableStream(
      {
        pull(controller) {
          wasRead = true;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const response = await post(stream, { "content-length": "101" });
    expect(response.status).toBe(413);
    expect(wasRead).toBe(false);
  });

  it("refuses a body without a length as soon as it passes the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 64;
        controller.enqueue(new Uint8Array(64).fill(32));
      },
    });
    expect((await post(endless)).status).toBe(413);
    expect(sent).toBeLessThan(1000);
  });

  it("takes JSON only, so that no form of another site can reach it", async () => {
    const response = await post('{"name":"Ada"}', { "content-type": "text/plain" });
    expect(response.status).toBe(415);
  });

  it.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("refuses another site's request: %j", async (headers) => {
    const response = await post('{"name":"Ada"}', headers);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe("bad_origin");
  });

  it("takes its own page's request", async () => {
    const own = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
    expect((await post('{"name":"Ada"}', own)).status).toBe(200);
  });

  it("says that it is stopping while it stops", async () => {
    lifecycle().phase = "stopping";
    const response = await post('{"name":"Ada"}');
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
  });

  it("says so too when the end came in the middle of a request", async () => {
    const cut = publicRoute({}, () => {
      lifecycle().phase = "stopping";
      throw new Error("PGlite is closed");
    });
    const request = new Request("http://localhost:3000/api/x");
    const response = await cut(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(503);
    expect(await codeOf(response)).toBe("shutting_down");
  });

  it("hides what went wrong inside", async () => {
    const secret = "sk-SECRET at /home/parley/lib";
    const broken = publicRoute({}, () => {
      throw new Error(secret);
    });
    const request = new Request("http://localhost:3000/api/x");
    const response = await broken(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"error":{"code":"internal","message":"internal"}}');
  });

  it("calls a database that is away by its name, whatever the driver says", async () => {
    for (const thrown of [
      Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code: "ECONNREFUSED" }),
      Object.assign(new Error("x"), { code: "P2010", cause: { originalCode: "57P01" } }),
      Object.assign(new Error("timeout exceeded when trying to connect")),
    ]) {
      const broken = publicRoute({}, () => {
        throw thrown;
      });
      const request = new Request("http://localhost:3000/api/x");
      const response = await broken(request, { params: Promise.resolve({}) });
      expect(response.status).toBe(503);
      expect(await response.text()).not.toContain("10.0.0.5");
    }
  });

  it("treats an id that can be none as a row that does not exist", async () => {
    const read = publicRoute({ params: z.object({ id: z.string().max(3) }) }, () => "found");
    const request = new Request("http://localhost:3000/api/x");
    const response = await read(request, { params: Promise.resolve({ id: "../../etc" }) });
    expect(response.status).toBe(404);
  });

  it("needs a session where one is asked for, before it looks at the input", async () => {
    const guarded = userRoute({ body }, () => {
      throw new AppError("internal");
    });
    const request = new Request("http://localhost:3000/api/x", { method: "POST", body: "{" });
    expect((await guarded(request, { params: Promise.resolve({}) })).status).toBe(401);
  });
});

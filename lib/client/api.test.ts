import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { callApi } from "./api";

const answerWith = (response: Response | Error) => {
  const fetchMock = vi.fn(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  vi.stubGlobal("fetch", fetchMock);
  return fetchMock;
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a call to the API", () => {
  it("sends JSON and returns the checked answer", async () => {
    const fetchMock = answerWith(Response.json({ id: "a", more: 1 }));
    const schema = z.object({ id: z.string() });
    const answer = await callApi("POST", "/api/x", { body: { name: "n" }, schema });
    expect(answer).toEqual({ id: "a" });
    expect(fetchMock).toHaveBeenCalledWith(
      "/api/x",
      expect.objectContaining({
        method: "POST",
        body: '{"name":"n"}',
        headers: { "content-type": "application/json" },
      }),
    );
  });

  it("returns undefined for an answer without content", async () => {
    answerWith(new Response(null, { status: 204 }));
    await expect(callApi("DELETE", "/api/x")).resolves.toBeUndefined();
  });

  it("throws the code and the details that the server gave", async () => {
    const details = { retryAfterSeconds: 30 };
    const error = { code: "rate_limited", message: "rate limited", details };
    answerWith(Response.json({ error }, { status: 429 }));
    await expect(callApi("GET", "/api/x")).rejects.toMatchObject({
      code: "rate_limited",
      details,
      status: 429,
    });
  });

  it("is offline when the server was not reached, also when a proxy says so", async () => {
    answerWith(new TypeError("fetch failed"));
    await expect(callApi("GET", "/api/x")).rejects.toMatchObject({ code: "offline", status: 0 });
    answerWith(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(callApi("GET", "/api/x")).rejects.toMatchObject({ code: "offline" });
  });

  it("does not trust an answer of another shape", async () => {
    answerWith(Response.json({ id: 1 }));
    await expect(
      callApi("GET", "/api/x", { schema: z.object({ id: z.string() }) }),
    ).rejects.toMatchObject({ code: "internal" });
  });

  it("leaves the caller's own abort an abort", async () => {
    answerWith(new DOMException("aborted", "AbortError"));
    await expect(callApi("GET", "/api/x")).rejects.toMatchObject({ name: "AbortError" });
  });
});

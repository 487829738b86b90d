import { describe, expect, it } from "vitest";
import { readJson } from "./read-body";

const requestOf = (body: ReadableStream<Uint8Array> | string) =>
  new Request("http://localhost:3000/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    duplex: "half",
  } as RequestInit);

describe("a body", () => {
  it("that breaks off is the client's doing, not the database's", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"text":"a lo'));
      },
      pull: (controller) => {
        controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
      },
    });
    await expect(readJson(requestOf(body), 1_000)).rejects.toMatchObject({
      code: "invalid_input",
      details: { reason: "broke off" },
    });
  });

  it("is read to its end, and no further than it may be long", async () => {
    expect(await readJson(requestOf('{"text":"好"}'), 1_000)).toEqual({ text: "好" });
    await expect(readJson(requestOf('{"text":"long"}'), 4)).rejects.toMatchObject({
      code: "payload_too_large",
    });
  });
});

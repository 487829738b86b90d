import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createTolerantFetch } from "./tolerant-fetch";

const event = (content: string) =>
  `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

const finish = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`;

/** A body that is fed by hand, and what has come out of it so far. */
async function fetchSlowly() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  const headers = { "content-type": "text/event-stream" };
  const response = await createTolerantFetch(() =>
    Promise.resolve(new Response(body, { headers })),
  )("https://x.example");
  const pieces: string[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  void (async () => {
    for (;;) {
      const result = await reader?.read();
      if (result === undefined || result.done) return;
      pieces.push(result.value);
    }
  })();
  return {
    pieces,
    push: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    close: () => controller?.close(),
  };
}

/** What the SDK would read of a body that arrives in these pieces. */
async function fetchPieces(pieces: (string | Uint8Array)[], type = "text/event-stream") {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  const answer = new Response(body, { headers: { "content-type": type } });
  const response = await createTolerantFetch(() => Promise.resolve(answer))("https://x.example");
  const text = await response.text();
  const deltas = [...text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
    ([, delta]) => JSON.parse(delta ?? '""') as string,
  );
  return { text, deltas, type: response.headers.get("content-type") };
}

describe("createTolerantFetch", () => {
  it("lets the first delta through at once, and joins what follows closely", async () => {
    expect((await fetchPieces([event("a") + event("b") + event("c")])).deltas).toEqual(["abc"]);
    expect((await fetchPieces([event("a"), event("b"), event("c")])).deltas).toEqual(["a", "bc"]);
  });

  it("leaves deltas alone that come slowly, and never waits with the last ones", async () => {
    const { pieces, push, close } = await fetchSlowly();
    push(event("a"));
    await expect.poll(() => pieces).toHaveLength(1);
    await sleep(60);
    const beforeMs = performance.now();
    push(event("b"));
    await expect.poll(() => pieces, { interval: 1 }).toHaveLength(2);
    expect(performance.now() - beforeMs).toBeLessThan(30);
    push(event("c"));
    push(finish);
    close();
    await expect.poll(() => pieces.length, { interval: 1 }).toBeGreaterThan(2);
    expect(performance.now() - beforeMs).toBeLessThan(38);
    expect(pieces.join("").match(/"content":"\w+"/g)).toEqual([
      '"content":"a"',
      '"content":"b"',
      '"content":"c"',
    ]);
  });

  it("lets others have their turn while one stream floods", async () => {
    const flood = event("word ").repeat(200);
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(flood));
      },
    });
    const response = await createTolerantFetch(() =>
      Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } })),
    )("https://x.example");
    const reader = response.body?.getReader();
    const isRead = (async () => {
      while (!((await reader?.read())?.done ?? true));
    })();
    const startedMs = performance.now();
    for (let turn = 0; turn < 5; turn += 1) await sleep(1);
    expect(performance.now() - startedMs).toBeLessThan(200);
    await reader?.cancel();
    await isRead;
  });

  it("loses nothing wherever the bytes are cut, in the middle of a character too", async () => {
    const whole = new TextEncoder().encode(
      `${event("你好，")}${event("世界 😀")}${finish}data: [DONE]\n\n`,
    );
    for (let size = 1; size < 40; size += 1) {
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < whole.length; start += size)
        pieces.push(whole.slice(start, start + size));
      const { deltas, text } = await fetchPieces(pieces);
      expect(deltas.join("")).toBe("你好，世界 😀");
      expect(text.endsWith('"finish_reason":"stop"}]}\n\n')).toBe(true);
    }
  });

  it("reads a last line that nobody ended", async () => {
    expect((await fetchPieces([event("a"), event("b").trimEnd()])).deltas).toEqual(["a", "b"]);
  });

  it("says within the stream that the body broke off, behind everything that came", async () => {
    let fail: (error: Error) => void = () => undefined;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(event("a") + event("b")));
        fail = (error) => {
          controller.error(error);
        };
      },
    });
    const response = await createTolerantFetch(() =>
      Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } })),
    )("https://x.example");
    const text = response.text();
    await sleep(10);
    fail(
      new TypeError("terminated", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }),
    );
    expect(await text).toMatch(/"content":"ab"[\s\S]*"code":"ECONNRESET"/);
  });

  it("turns one JSON document into a stream", async () => {
    const document = { choices: [{ message: { content: "whole" }, finish_reason: "stop" }] };
    const { deltas, type } = await fetchPieces([JSON.stringify(document)], "application/json");
    expect(deltas).toEqual(["whole"]);
    expect(type).toBe("text/event-stream");
  });

  it("lets go of the provider's body when nobody reads on", async () => {
    let wasCancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(event("x")));
      },
      cancel() {
        wasCancelled = true;
      },
    });
    const headers = { "content-type": "text/event-stream" };
    const answer = () => Promise.resolve(new Response(body, { headers }));
    const response = await createTolerantFetch(answer)("https://x.example");
    await response.body?.cancel();
    expect(wasCancelled).toBe(true);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createTolerantFetch } from "./tolerant-fetch";

const event = (content: string) =>
  `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
const finish = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`;
const encode = (text: string) => new TextEncoder().encode(text);

/** Fetches this body: what goes to the reader, as it comes, and the response for the SDK. */
async function fetchBody(body: BodyInit, type = "text/event-stream") {
  const answer = new Response(body, { headers: { "content-type": type } });
  const deltas: string[] = [];
  const response = await createTolerantFetch(
    () => Promise.resolve(answer),
    () => ({
      candidates: 1,
      push: (pieces) => {
        for (const piece of pieces) if (piece.type !== "finish") deltas.push(piece.delta);
      },
    }),
  )("https://provider.example");
  return { deltas, response };
}

async function fetchPieces(pieces: (string | Uint8Array)[]) {
  const { deltas, response } = await fetchBody(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces)
          controller.enqueue(typeof piece === "string" ? encode(piece) : piece);
        controller.close();
      },
    }),
  );
  return { text: await response.text(), deltas };
}

/** A body that is fed by hand. */
async function fetchSlowly() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return {
    ...(await fetchBody(body)),
    push: (text: string) => controller?.enqueue(encode(text)),
    close: () => controller?.close(),
    fail: (error: Error) => controller?.error(error),
  };
}

describe("createTolerantFetch", () => {
  it("lets the first delta through at once, and joins what follows closely", async () => {
    expect((await fetchPieces([event("a") + event("b") + event("c")])).deltas).toEqual(["abc"]);
    expect((await fetchPieces([event("a"), event("b"), event("c")])).deltas).toEqual(["a", "bc"]);
  });

  it("leaves deltas alone that come slowly, and never waits with the last ones", async () => {
    const { deltas, push, close } = await fetchSlowly();
    push(event("a"));
    await expect.poll(() => deltas).toHaveLength(1);
    await sleep(60);
    push(event("b"));
    // Before the next turn of any timer.
    await new Promise((resolve) => setImmediate(resolve));
    expect(deltas).toEqual(["a", "b"]);
    push(event("c"));
    push(finish);
    close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(deltas).toEqual(["a", "b", "c"]);
  });

  it("holds nothing back for longer than its window", async () => {
    const { deltas, push } = await fetchSlowly();
    push(event("a"));
    await expect.poll(() => deltas).toEqual(["a"]);
    push(event("b"));
    await expect.poll(() => deltas, { timeout: 500 }).toEqual(["a", "b"]);
  });

  it("lets others have their turn while one stream floods", async () => {
    const flood = encode(event("word ").repeat(200));
    const { deltas, response } = await fetchBody(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(flood);
        },
      }),
    );
    const startedMs = performance.now();
    for (let turn = 0; turn < 5; turn += 1) await sleep(1);
    expect(performance.now() - startedMs).toBeLessThan(200);
    expect(deltas.length).toBeGreaterThan(0);
    await response.body?.cancel();
  });

  it("loses nothing wherever the bytes are cut, in the middle of a character too", async () => {
    const whole = encode(`${event("你好，")}${event("世界 😀")}${finish}data: [DONE]\n\n`);
    for (let size = 1; size < 40; size += 1) {
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < whole.length; start += size)
        pieces.push(whole.slice(start, start + size));
      const { deltas, text } = await fetchPieces(pieces);
      expect(deltas.join("")).toBe("你好，世界 😀");
      expect(text).toContain('"finish_reason":"stop"');
    }
  });

  it("says within the stream that the body broke off, behind everything that came", async () => {
    const { deltas, response, push, fail } = await fetchSlowly();
    push(event("a") + event("b"));
    await sleep(10);
    push(event("c"));
    await sleep(1);
    fail(new TypeError("terminated", { cause: Object.assign(new Error(), { code: "EPIPE" }) }));
    expect(await response.text()).toContain('"code":"EPIPE"');
    expect(deltas).toEqual(["ab", "c"]);
  });

  it("turns one JSON document into a stream", async () => {
    const document = { choices: [{ message: { content: "whole" }, finish_reason: "stop" }] };
    const { deltas, response } = await fetchBody(JSON.stringify(document), "application/json");
    expect(deltas).toEqual(["whole"]);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toContain('"finish_reason":"stop"');
  });

  it("keeps of an error no more than its head", async () => {
    const answer = new Response("x".repeat(1_000_000), { status: 500 });
    const response = await createTolerantFetch(
      () => Promise.resolve(answer),
      () => ({ candidates: 1, push: () => undefined }),
    )("https://provider.example");
    expect([response.status, (await response.text()).length]).toEqual([500, 65_536]);
  });

  it("lets go of the provider's body when nobody reads on", async () => {
    let wasCancelled = false;
    const { response } = await fetchBody(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(encode(event("x")));
        },
        cancel() {
          wasCancelled = true;
        },
      }),
    );
    await response.body?.cancel();
    expect(wasCancelled).toBe(true);
  });
});

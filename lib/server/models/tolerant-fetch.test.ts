import { describe, expect, it } from "vitest";
import { createTolerantFetch } from "./tolerant-fetch";

const event = (content: string) =>
  `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

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
  it("joins deltas that arrive together, and leaves those alone that do not", async () => {
    expect((await fetchPieces([event("a") + event("b") + event("c")])).deltas).toEqual(["abc"]);
    expect((await fetchPieces([event("a"), event("b")])).deltas).toEqual(["a", "b"]);
  });

  it("loses nothing wherever the bytes are cut, in the middle of a character too", async () => {
    const whole = new TextEncoder().encode(`${event("你好，")}${event("世界 😀")}data: [DONE]\n\n`);
    for (let size = 1; size < 40; size += 1) {
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < whole.length; start += size)
        pieces.push(whole.slice(start, start + size));
      const { deltas, text } = await fetchPieces(pieces);
      expect(deltas.join("")).toBe("你好，世界 😀");
      expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    }
  });

  it("reads a last line that nobody ended", async () => {
    expect((await fetchPieces([event("a"), event("b").trimEnd()])).deltas).toEqual(["a", "b"]);
  });

  it("keeps the order of text and what is not text", async () => {
    const finish = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\r\n\r\n`;
    const { text } = await fetchPieces([`${event("a")}: comment\n\n${finish}data: [DONE]\r\n\r\n`]);
    const places = ["a", 'finish_reason":"stop', "[DONE]"].map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).not.toContain("comment");
  });

  it("passes on what is no JSON, for the SDK to report", async () => {
    expect((await fetchPieces(["data: {broken\n\n"])).text).toBe("data: {broken\n\n");
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

import { describe, expect, it } from "vitest";
import type { AnswerChunk } from "@/lib/contracts/chat";
import { readAnswerChunks } from "./stream-reader";

function streamOf(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function readAll(stream: ReadableStream<Uint8Array>) {
  const batches: AnswerChunk[][] = [];
  const chunks = readAnswerChunks(stream);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return { batches, isDone: next.value };
    batches.push(next.value);
  }
}

const delta = (text: string) =>
  `data: ${JSON.stringify({ type: "text-delta", id: "t", delta: text })}\n\n`;

describe("reading an answer's stream", () => {
  it("yields what one read brought as one batch and says that the stream was complete", async () => {
    const { batches, isDone } = await readAll(
      streamOf(bytes(delta("a") + delta("b")), bytes(`${delta("c")}data: [DONE]\n\n`)),
    );
    expect(batches.map((batch) => batch.length)).toEqual([2, 1]);
    expect(isDone).toBe(true);
  });

  it("joins characters whose bytes arrive one by one", async () => {
    const text = "你好，𠮷 and 🙂";
    const pieces = Array.from(bytes(delta(text)), (byte) => Uint8Array.of(byte));
    const { batches } = await readAll(streamOf(...pieces));
    expect(batches.flat()).toEqual([{ type: "text-delta", id: "t", delta: text }]);
  });

  it("says that a stream which ended without [DONE] was cut", async () => {
    const { batches, isDone } = await readAll(streamOf(bytes(delta("half"))));
    expect(batches.flat()).toHaveLength(1);
    expect(isDone).toBe(false);
  });

  it("reads a last line that lacks its line end", async () => {
    const { batches } = await readAll(streamOf(bytes(delta("x").trimEnd())));
    expect(batches.flat()).toHaveLength(1);
  });

  it("passes over comments, other fields, Windows line ends and data that is not a chunk", async () => {
    const { batches, isDone } = await readAll(
      streamOf(
        bytes(`: ping\r\nevent: x\r\nid: 3\r\ndata: {broken\r\ndata: null\r\ndata: "text"\r\n\r\n`),
        bytes(delta("ok").replaceAll("\n", "\r\n")),
        bytes("data:[DONE]\r\n\r\n"),
      ),
    );
    expect(batches.flat()).toEqual([{ type: "text-delta", id: "t", delta: "ok" }]);
    expect(isDone).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { AccountEvent } from "@/lib/contracts/events";
import { readEvents } from "./read-events";

const encoder = new TextEncoder();

async function read(pieces: (string | Uint8Array)[]) {
  const events: AccountEvent[] = [];
  let signs = 0;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  await readEvents(body, { onEvent: (event) => events.push(event), onAlive: () => (signs += 1) });
  return { events, signs };
}

const removed = { type: "conversation-removed", id: "旅行" } as const;
const line = `data: ${JSON.stringify(removed)}\n\n`;

describe("an account's event stream", () => {
  it("is read event by event, however it is cut", async () => {
    const bytes = encoder.encode(line + line);
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    expect((await read(pieces)).events).toEqual([removed, removed]);
  });

  it("is alive while heartbeats come, which are no events", async () => {
    const { events, signs } = await read([": alive\n\n", ": alive\n\n"]);
    expect(events).toEqual([]);
    expect(signs).toBe(2);
  });

  it("goes on after what this build does not know", async () => {
    const odd = 'data: {"type":"from-the-future"}\n\ndata: no JSON\n\ndata: null\n\nevent: x\n\n';
    expect((await read([odd + line])).events).toEqual([removed]);
  });
});

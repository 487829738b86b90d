import { inflateSync } from "node:zlib";
import type { ChatRequest } from "../chat-request";

type Pixel = readonly [red: number, green: number, blue: number];

const names: readonly [string, Pixel][] = [
  ["red", [255, 0, 0]],
  ["green", [0, 160, 0]],
  ["blue", [0, 0, 255]],
  ["yellow", [255, 225, 0]],
  ["white", [255, 255, 255]],
  ["black", [0, 0, 0]],
];

/** The data URL of the first image of a request, or null. */
export function findImage({ messages }: ChatRequest): string | null {
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      if (part.type !== "image_url") continue;
      const { url } = (part["image_url"] ?? {}) as { url?: unknown };
      return typeof url === "string" ? url : "";
    }
  }
  return null;
}

/** What colour an image is of: that of the first pixel of a PNG with 8 bits a channel. */
export function nameColour(dataUrl: string): string | null {
  const pixel = readFirstPixel(dataUrl);
  if (pixel === null) return null;
  const distance = (colour: Pixel) =>
    colour.reduce((sum, value, index) => sum + (value - (pixel[index] ?? 0)) ** 2, 0);
  return names.toSorted(([, left], [, right]) => distance(left) - distance(right))[0]?.[0] ?? null;
}

function readFirstPixel(dataUrl: string): Pixel | null {
  const base64 = /^data:image\/png;base64,(.+)$/.exec(dataUrl)?.[1];
  if (base64 === undefined) return null;
  const bytes = Buffer.from(base64, "base64");
  const data: Buffer[] = [];
  // Behind the signature: length, name, data and checksum, again and again.
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  // The first byte of a line says how it is filtered; for the first pixel it makes no difference.
  const [, red, green, blue] = inflateSync(Buffer.concat(data));
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue];
}

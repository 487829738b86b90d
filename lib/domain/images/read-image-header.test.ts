import { describe, expect, it } from "vitest";
import { readImageHeader } from "./read-image-header";

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const bytes = (...parts: (number | number[])[]) => new Uint8Array(parts.flat());

/** A RIFF file of these chunks, each a name with its data. */
const webp = (...chunks: [string, number[]][]) =>
  bytes(
    ascii("RIFF\0\0\0\0WEBP"),
    chunks.flatMap(([name, data]) => [...ascii(name), data.length, 0, 0, 0, ...data]),
    new Array<number>(16).fill(0),
  );

describe("the header of an image", () => {
  it("says how large a WebP is, in each of its three forms", () => {
    const lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00];
    const lossless = [0x2f, 0x3f, 0xc1, 0x3b, 0x00];
    const extended = [0, 0, 0, 0, 0x3f, 0x01, 0x00, 0xef, 0x00, 0x00];
    const size = { type: "image/webp", width: 320, height: 240 };
    expect(readImageHeader(webp(["VP8 ", lossy]))).toMatchObject(size);
    expect(readImageHeader(webp(["VP8L", lossless]))).toMatchObject({ width: 320, height: 240 });
    expect(readImageHeader(webp(["VP8X", extended]))).toMatchObject(size);
  });

  it("is the largest that a WebP claims anywhere", () => {
    const tiny = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const huge = [0, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f];
    expect(readImageHeader(webp(["VP8X", tiny], ["VP8 ", huge]))).toMatchObject({
      width: 16383,
      height: 16383,
    });
  });

  it("skips what stands before the size of a JPEG", () => {
    const comment = [0xff, 0xfe, 0, 4, 0x41, 0x42];
    const frame = [0xff, 0xff, 0xc2, 0, 11, 8, 0, 30, 0, 40, 1, 0, 0, 0];
    const jpeg = bytes(0xff, 0xd8, comment, frame);
    expect(readImageHeader(jpeg)).toEqual({
      type: "image/jpeg",
      width: 40,
      height: 30,
      orientation: 1,
    });
  });

  it.each([
    ["pixels without a size", bytes(0xff, 0xd8, 0xff, 0xda, 0, 8, 0, 0, 0, 0, 0, 0)],
    ["a size of nothing", bytes(ascii("GIF89a"), 0, 0, 0, 0, 0, 0, 0, 0)],
    ["an empty file", bytes()],
    ["a BMP", bytes(ascii("BM"), new Array<number>(60).fill(1))],
    ["an AVIF", bytes(0, 0, 0, 28, ascii("ftypavif"), new Array<number>(60).fill(1))],
  ])("is none for %s", (_, file) => {
    expect(readImageHeader(file)).toBeNull();
  });

  it("never reads past the end, wherever a file is cut", () => {
    const exif = [0xff, 0xe1, 0, 40, ...ascii("Exif\0\0II*\0"), 8, 0, 0, 0, 9, 0];
    const jpeg = bytes(0xff, 0xd8, exif, new Array<number>(40).fill(0));
    const canvas: [string, number[]] = ["VP8X", [8, 0, 0, 0, 1, 1, 1, 1, 1, 1]];
    const files = [jpeg, webp(canvas), webp(canvas, ["EXIF", exif.slice(4)])];
    for (const file of files)
      for (let length = 0; length <= file.length; length += 1)
        expect(() => readImageHeader(file.slice(0, length))).not.toThrow();
  });
});

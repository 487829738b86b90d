import { PhotonImage } from "@silvia-odwyer/photon-node";
import { describe, expect, it } from "vitest";
import { readImageHeader } from "@/lib/domain/images/read-image-header";
import { remakeImage } from "./remake-image";
import {
  makeJpeg,
  makePng,
  makePngBomb,
  makeWebp,
  tinyGif,
  withExif,
  withWebpExif,
} from "./testing-images";

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe("an image that is kept", () => {
  it.each([
    ["a PNG", makePng(40, 30), "image/png"],
    ["a JPEG", makeJpeg(40, 30), "image/jpeg"],
    ["a WebP", makeWebp(40, 30), "image/jpeg"],
  ])("is made of %s", async (_, bytes, mediaType) => {
    const image = await remakeImage(bytes);
    expect(image).toMatchObject({ mediaType, width: 40, height: 30 });
    expect(readImageHeader(image.bytes)).toMatchObject({ type: mediaType, width: 40, height: 30 });
  });

  it("is made of the first picture of a GIF", async () => {
    const image = await remakeImage(tinyGif);
    expect(image).toMatchObject({ mediaType: "image/png", width: 1, height: 1 });
    const pixels = PhotonImage.new_from_byteslice(image.bytes).get_raw_pixels();
    expect([...pixels]).toEqual([255, 0, 0, 255]);
  });

  it("is no longer than 2048 pixels", async () => {
    const image = await remakeImage(makeJpeg(3000, 1000));
    expect(image).toMatchObject({ width: 2048, height: 683 });
  });

  it("stays transparent", async () => {
    const clear = makePng(20, 20, (x) => [0, 0, 0, x < 10 ? 0 : 255]);
    const image = await remakeImage(clear);
    expect(image.mediaType).toBe("image/png");
    expect(PhotonImage.new_from_byteslice(image.bytes).get_raw_pixels()[3]).toBe(0);
  });

  it("is a JPEG where a PNG of it would be large", async () => {
    let seed = 1;
    const noise = () => (seed = (seed * 16807) % 2147483647) % 256;
    const image = await remakeImage(makePng(800, 800, () => [noise(), noise(), noise(), 255]));
    expect(image.mediaType).toBe("image/jpeg");
  });

  it("has none of the metadata, and stands upright", async () => {
    const black = makeJpeg(32, 16, (x) => (x < 16 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    const image = await remakeImage(withExif(black, 6, "GPS-CANARY 48.8584 N"));
    expect(image).toMatchObject({ width: 16, height: 32 });
    expect(Buffer.from(image.bytes).includes("CANARY")).toBe(false);
    expect(Buffer.from(image.bytes).includes("Exif")).toBe(false);
    // What was on the left is on top once it is turned to the right.
    const pixels = PhotonImage.new_from_byteslice(image.bytes).get_raw_pixels();
    expect(pixels[0]).toBeLessThan(40);
    expect(pixels[pixels.length - 4]).toBeGreaterThan(215);
  });

  it.each([
    ["as the format wants it", ""],
    ["as some programs write it", "Exif\0\0"],
  ])("stands upright when it was a WebP that says how it is turned, %s", async (_, mark) => {
    const black = makeWebp(32, 16, (x) => (x < 16 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    const turned = withWebpExif(black, 6, { mark, words: "GPS-CANARY 48.8584 N" });
    const image = await remakeImage(turned);
    expect(image).toMatchObject({ mediaType: "image/jpeg", width: 16, height: 32 });
    expect(Buffer.from(image.bytes).includes("CANARY")).toBe(false);
    const pixels = PhotonImage.new_from_byteslice(image.bytes).get_raw_pixels();
    expect(pixels[0]).toBeLessThan(40);
    expect(pixels[pixels.length - 4]).toBeGreaterThan(215);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])("is turned as orientation %i says", async (orientation) => {
    // A white mark where the upright picture has its upper left corner.
    const corner = { 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "bl", 7: "br", 8: "tr" }[orientation];
    const isMark = (x: number, y: number) =>
      x < 32 === (corner?.endsWith("l") ?? false) && y < 16 === (corner?.startsWith("t") ?? false);
    const marked = makeJpeg(64, 32, (x, y) =>
      isMark(x, y) ? [255, 255, 255, 255] : [0, 0, 0, 255],
    );
    const image = await remakeImage(withExif(marked, orientation, ""));
    const pixels = PhotonImage.new_from_byteslice(image.bytes).get_raw_pixels();
    expect(pixels[(image.width * 4 + 4) * 4]).toBeGreaterThan(200);
    expect(pixels[pixels.length - 4]).toBeLessThan(50);
  });

  it("has nothing of a page that was hidden behind it", async () => {
    const page = bytesOf("<html><script>alert('CANARY')</script></html>");
    const image = await remakeImage(join(makePng(8, 8), page));
    expect(Buffer.from(image.bytes).includes("CANARY")).toBe(false);
    expect(Buffer.from(image.bytes).includes("script")).toBe(false);
  });
});

describe("what is no image", () => {
  it.each([
    ["a page", bytesOf("<!doctype html><script>alert(1)</script>")],
    ["an SVG", bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["XML", bytesOf('<?xml version="1.0"?><x/>')],
    ["a script", bytesOf("alert(1)//")],
    ["a PDF", bytesOf("%PDF-1.7\n")],
    ["nothing", new Uint8Array()],
    ["a page that begins like a GIF", bytesOf("GIF89a\x10\0\x10\0//<script>alert(1)</script>")],
    ["a page behind the first bytes of a PNG", join(makePng(8, 8).slice(0, 33), bytesOf("<html>"))],
    ["half a JPEG header", makeJpeg(8, 8).slice(0, 20)],
    ["a WebP of nothing", bytesOf("RIFF\0\0\0\0WEBPVP8X")],
  ])("is refused: %s", async (_, bytes) => {
    await expect(remakeImage(bytes)).rejects.toEqual(refusal("image_unreadable"));
  });

  it("is an image of more pixels than are decoded, and that is noticed at once", async () => {
    const bomb = makePngBomb(30_000);
    const [startMs, before] = [performance.now(), process.memoryUsage().rss];
    await expect(remakeImage(bomb)).rejects.toEqual(refusal("image_too_large"));
    expect(performance.now() - startMs).toBeLessThan(200);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it("costs no thread once it is refused: the next image is made", async () => {
    const broken = makePng(64, 64).fill(7, 60);
    const all = [broken, makePng(8, 8), broken, makePng(8, 8)].map((bytes) => remakeImage(bytes));
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  });
});

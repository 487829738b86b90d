import "server-only";
import { deflateSync, crc32 } from "node:zlib";
import { PhotonImage } from "@silvia-odwyer/photon-node";

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];
type Painter = (x: number, y: number) => Pixel;

/** Smooth, so that it compresses, and different at every corner. */
const shades: Painter = (x, y) => [x % 256, y % 256, (x + y) % 256, 255];

function paint(width: number, height: number, painter: Painter): PhotonImage {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) pixels.set(painter(x, y), (y * width + x) * 4);
  return new PhotonImage(pixels, width, height);
}

export const makePng = (width: number, height: number, painter = shades) =>
  new Uint8Array(paint(width, height, painter).get_bytes());

export const makeJpeg = (width: number, height: number, painter = shades) =>
  new Uint8Array(paint(width, height, painter).get_bytes_jpeg(95));

export const makeWebp = (width: number, height: number, painter = shades) =>
  new Uint8Array(paint(width, height, painter).get_bytes_webp());

/** A GIF of one red pixel. */
export const tinyGif = new Uint8Array(
  Buffer.from("R0lGODdhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=", "base64"),
);

/** A JPEG with EXIF data in front: the orientation, and words that are to go nowhere. */
export function withExif(jpeg: Uint8Array, orientation: number, words: string) {
  const exif = makeExif(orientation);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif, Buffer.from(words)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]));
}

/** The same for a WebP of one picture without loss, behind its pixels as the format wants it. */
export function withWebpExif(
  webp: Uint8Array,
  orientation: number,
  { mark = "", words = "" } = {},
): Uint8Array<ArrayBuffer> {
  const [bits] = new Uint32Array(webp.slice(21, 25).buffer);
  const extended = Buffer.alloc(10);
  extended[0] = 0x08;
  extended.writeUIntLE((bits ?? 0) & 0x3fff, 4, 3);
  extended.writeUIntLE(((bits ?? 0) >>> 14) & 0x3fff, 7, 3);
  const exif = Buffer.concat([Buffer.from(mark), makeExif(orientation), Buffer.from(words)]);
  const body = Buffer.concat([
    Buffer.from("WEBP"),
    riffChunk("VP8X", extended),
    webp.subarray(12),
    riffChunk("EXIF", exif),
  ]);
  return new Uint8Array(riffChunk("RIFF", body));
}

function riffChunk(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name), length, data, Buffer.alloc(data.length % 2)]);
}

/** EXIF data that says nothing but how the pixels are turned. */
function makeExif(orientation: number): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 12 + 4);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return tiff;
}

/** The PNG of a square of zeros, small as a file however many pixels it has. */
export function makePngBomb(side: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(side, 1_000) * (side * 4 + 1)));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      chunk("IDAT", rows),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

// Makes an image anew from its pixels, in a thread that is thrown away afterwards. The codecs are
// Rust as WebAssembly: a broken file ends this thread at worst, and its memory goes with it.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

const { PhotonImage, resize } = createRequire(import.meta.url)("@silvia-odwyer/photon-node");

const jpegQuality = 85;
// Above this a picture without transparency is a photo, whatever it came as.
const largestPngBytes = 1024 * 1024;
const largestClearPngBytes = 4 * 1024 * 1024;
// photon's number for Catmull-Rom, which keeps the letters of a screenshot sharp.
const samplingFilter = 3;

const { bytes, maxSide, orientation, isPhoto } = workerData;

function remake() {
  const decoded = PhotonImage.new_from_byteslice(bytes);
  const [width, height] = [decoded.get_width(), decoded.get_height()];
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const fit = (side) => Math.max(1, Math.round(side * scale));
  const fitted = scale === 1 ? decoded : resize(decoded, fit(width), fit(height), samplingFilter);
  const upright = turn(fitted);
  return { ...encode(upright), width: upright.get_width(), height: upright.get_height() };
}

function encode(image) {
  const jpeg = () => ({ mediaType: "image/jpeg", bytes: image.get_bytes_jpeg(jpegQuality) });
  const isClear = hasTransparency(image.get_raw_pixels());
  if (isPhoto && !isClear) return jpeg();
  const png = { mediaType: "image/png", bytes: image.get_bytes() };
  if (png.bytes.length <= (isClear ? largestClearPngBytes : largestPngBytes)) return png;
  if (!isClear) return jpeg();
  // Without loss as well, and smaller.
  const webp = { mediaType: "image/webp", bytes: image.get_bytes_webp() };
  return webp.bytes.length < png.bytes.length ? webp : png;
}

function hasTransparency(pixels) {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true;
  return false;
}

// Where the pixel of column x and row y of the upright picture is in the stored one, for each way
// in which EXIF says that it is turned; w and h are the stored one's.
const sources = {
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, w, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, w, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
};

function turn(image) {
  const findSource = sources[orientation];
  if (findSource === undefined) return image;
  const [w, h] = [image.get_width(), image.get_height()];
  const [width, height] = orientation >= 5 ? [h, w] : [w, h];
  const raw = image.get_raw_pixels();
  const from = new Uint32Array(raw.buffer, raw.byteOffset, w * h);
  const to = new Uint32Array(w * h);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [sourceX, sourceY] = findSource(x, y, w, h);
      to[y * width + x] = from[sourceY * w + sourceX];
    }
  }
  return new PhotonImage(new Uint8Array(to.buffer), width, height);
}

/** Null for a file that is no image after all: the codecs have no better way to say so. */
function remakeOrNull() {
  try {
    return remake();
  } catch {
    return null;
  }
}

parentPort.postMessage(remakeOrNull());

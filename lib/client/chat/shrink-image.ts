import { limits } from "@/lib/contracts/limits";

/** What the server reads itself. */
const readTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"];
// A phone's photo has three times as many pixels as are kept: it is quicker to send fewer.
const largeBytes = 2 * 1024 * 1024;
const jpegQuality = 0.9;

/**
 * Makes a large picture smaller before it is sent, and one of a kind that only this browser reads,
 * such as a phone's HEIC, into a JPEG. What can't be read stays as it is: the server says so.
 */
export async function shrinkImage(file: File): Promise<Blob> {
  const isRead = readTypes.includes(file.type);
  if (isRead && file.size <= largeBytes) return file;
  // An animation's first picture is all that is kept, but only the server can tell it is one.
  if (file.type === "image/gif" && file.size <= limits.uploadBytes) return file;
  try {
    const smaller = await redraw(file);
    return smaller !== null && (!isRead || smaller.size < file.size) ? smaller : file;
  } catch {
    return file;
  }
}

async function redraw(file: File): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const scale = Math.min(1, limits.imageSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    if (context === null) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    // A PNG may be transparent, and a JPEG never is.
    const type =
      file.type === "image/png" || file.type === "image/webp" ? "image/png" : "image/jpeg";
    return await new Promise((resolve) => {
      canvas.toBlob(resolve, type, jpegQuality);
    });
  } finally {
    bitmap.close();
  }
}

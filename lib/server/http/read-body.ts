import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";

/**
 * Reads a JSON body of at most `maxBytes`.
 *
 * @throws AppError `unsupported_media_type`, `payload_too_large` or `invalid_input`.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  if (mediaType(request) !== "application/json") throw new AppError("unsupported_media_type");
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError("invalid_input", { cause, details: { reason: "not valid JSON" } });
  }
}

/** The media type of a body, without parameters. */
export function mediaType(request: Request): string | undefined {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}

/**
 * Reads a body of UTF-8 text of at most `maxBytes`.
 *
 * @throws AppError `payload_too_large` or `invalid_input`.
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("invalid_input", { cause, details: { reason: "not valid UTF-8" } });
  }
}

/**
 * Reads a body. A declared length over `maxBytes` is refused before a byte is read, an undeclared
 * one as soon as the limit is passed. One that breaks off is the client's doing, as when it asks anew
 * while somebody types.
 *
 * @throws AppError `payload_too_large` or `invalid_input`.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("payload_too_large", { details: { maxBytes } });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw new AppError("invalid_input", { cause, details: { reason: "broke off" } });
    });
    if (chunk === undefined || chunk.done) break;
    size += chunk.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
  return Buffer.concat(chunks);
}

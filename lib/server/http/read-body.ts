import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";

/**
 * Reads a JSON body of at most `maxBytes`. A declared length over it is refused before a byte is
 * read, an undeclared one as soon as the limit is passed.
 *
 * @throws AppError `unsupported_media_type`, `payload_too_large` or `invalid_input`.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type");
  const tooLarge = () => new AppError("payload_too_large", { details: { maxBytes } });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    size += chunk.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError("invalid_input", { cause, details: { reason: "not valid JSON" } });
  }
}

import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { requireAttachment } from "../db/attachments";
import { apiHeaders } from "../http/to-response";
import { quoteFileName } from "./file-name";

/** An image as it is kept, for its owner alone. @throws AppError `not_found`. */
export async function serveAttachment(actor: Actor, id: string): Promise<Response> {
  const { bytes, mediaType, fileName } = await requireAttachment(actor, id);
  return new Response(bytes, {
    headers: {
      ...apiHeaders,
      "content-type": mediaType,
      "content-length": String(bytes.byteLength),
      "content-disposition": `inline; ${quoteFileName(fileName)}`,
      // Opened by itself it is a picture and nothing else, whatever a browser may take it for.
      "content-security-policy": "sandbox; default-src 'none'",
      // It never changes; kept for this session only, as another account may use this browser.
      "cache-control": "private, max-age=31536000, immutable",
      vary: "cookie",
    },
  });
}

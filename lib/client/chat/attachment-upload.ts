import type { FilePart, UploadedImage } from "@/lib/contracts/attachments";
import { ApiError, callApi, readApiFailure, toApiError } from "../api";
import { changeConnection, noteBuild } from "../connection";
import { shape } from "../shape";

const uploadedShape = shape<UploadedImage>({ id: "string" });

/**
 * Sends a file to the server. Only the old way of making requests tells how far it is.
 *
 * @throws ApiError for every failure but the caller's own abort, which stays an AbortError.
 */
export function uploadImage(
  file: Blob,
  name: string,
  onProgress: (progress: number) => void,
  signal: AbortSignal,
): Promise<FilePart> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/attachments?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total);
    };
    request.onerror = () => {
      reject(new ApiError("offline", null, 0));
    };
    request.onload = () => {
      noteHeaders(request);
      const body = parse(request.responseText);
      const uploaded = uploadedShape.safeParse(body);
      if (request.status < 300 && uploaded.success) resolve(uploaded.data.part);
      else reject(readApiFailure(request.status, body));
    };
    const stop = () => {
      request.abort();
      reject(new DOMException("stopped", "AbortError"));
    };
    if (signal.aborted) stop();
    else {
      signal.addEventListener("abort", stop, { once: true });
      request.send(file);
    }
  });
}

/** Removes an image that was uploaded and is not wanted; what is left over goes after a day. */
export function discardImage({ url }: FilePart): void {
  callApi("DELETE", url, { isKeptAlive: true }).catch(() => undefined);
}

/** Whether the server has an image no longer; an image that merely did not load may still be there. */
export async function isImageGone({ url }: FilePart): Promise<boolean> {
  try {
    await callApi("GET", url);
    return false;
  } catch (error) {
    return toApiError(error).code === "not_found";
  }
}

function noteHeaders(request: XMLHttpRequest): void {
  const build = request.getResponseHeader("x-parley-build");
  if (build === null) return;
  noteBuild(build);
  changeConnection({ isOffline: false });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

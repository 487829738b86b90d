import "server-only";

/** The text of a body up to so many bytes, and whether there was more. The rest is not read. */
export async function readBounded(
  response: Response,
  mostBytes: number,
): Promise<{ text: string; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let leftBytes = mostBytes;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk.subarray(0, leftBytes));
    leftBytes -= chunk.byteLength;
    // Leaving the loop cancels the body.
    if (leftBytes < 0) break;
  }
  return { text: Buffer.concat(chunks).toString("utf8"), isCut: leftBytes < 0 };
}

import "server-only";
import { z } from "zod";

/** A place in a list that is ordered by time and then by id. */
export type Cursor = { at: Date; id: string };

const cursorSchema = z.tuple([z.iso.datetime(), z.string()]);

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");
}

/** The place that a cursor names; null when it is none of ours. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const result = cursorSchema.safeParse(parsed);
    return result.success ? { at: new Date(result.data[0]), id: result.data[1] } : null;
  } catch {
    return null;
  }
}

import "server-only";
import { v7 } from "uuid";

/** A new row id: UUIDv7, so that rows made later sort later. Not a secret. */
export function newId(): string {
  return v7();
}

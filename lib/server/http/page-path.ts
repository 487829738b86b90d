import "server-only";
import { headers } from "next/headers";

/** The path and query of this page, as proxy.ts wrote it down; a layout has no other way to know. */
export async function readPagePath(): Promise<string> {
  return (await headers()).get("x-page-path") ?? "/";
}

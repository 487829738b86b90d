import "server-only";
import { pingDatabase } from "../db/ping";
import { lifecycle } from "./lifecycle";

/** Whether requests can be served now. */
export async function isReady(): Promise<boolean> {
  if (lifecycle().phase !== "ready") return false;
  return pingDatabase();
}

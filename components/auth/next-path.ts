import { safeReturnPath } from "@/lib/client/return-path";

/**
 * Where to go after signing in: a path of this site, or the fallback. The API and the entry pages
 * are refused, since they would lead in circles.
 */
export function readNextPath(next: string | string[] | undefined, fallback = "/"): string {
  const path = safeReturnPath(typeof next === "string" ? next : null);
  const isCircle = /^\/(api|sign-in|register|starting)(?![^/?#])/.test(path);
  return path === "/" || isCircle ? fallback : path;
}

import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";
import { env } from "../env";

/**
 * Refuses a state-changing request that another site's page sent with the user's cookie.
 * A client without either header is no browser and carries no ambient cookie.
 *
 * @throws AppError `bad_origin`.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") throw new AppError("bad_origin");
  const origin = request.headers.get("origin");
  if (origin === null) return;
  const host = URL.canParse(origin) ? new URL(origin).host : null;
  const own = [request.headers.get("host"), new URL(env().publicUrl).host];
  if (host === null || !own.includes(host)) throw new AppError("bad_origin");
}

import "server-only";
import { parseCookie } from "cookie";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors/app-error";
import { clientAddress } from "../http/client-address";
import { mediaType, readJson, readText } from "../http/read-body";
import { apiHeaders, toAppError } from "../http/to-response";
import { announceSignOut } from "./announce-sign-out";
import { signInWithIdentity } from "./identity";
import { runNextAuth, type AuthAnswer } from "./next-auth";
import { ssoName } from "./oidc";
import { signInWithPassword } from "./sign-in";

// A sign-in with an absurdly long password is answered like any other wrong one; past this, 413.
const bodyBytes = 2 * 1024 * 1024;

const fieldsSchema = z.record(z.string(), z.unknown()).catch({});

// What of NextAuth is open; anything else of it does not exist.
const openPaths = {
  GET: new Set(["csrf", "providers", "signin", "error", "callback/oidc"]),
  POST: new Set(["callback/credentials", "signin/oidc", "signout"]),
};

/** Answers /api/auth/* by NextAuth, except for the session, which sessions.ts answers. */
export async function handleAuth(request: Request, path: string[]): Promise<Response> {
  const route = path.join("/");
  const method = request.method === "POST" ? "POST" : "GET";
  const isOpen = openPaths[method].has(route) && (path[1] !== "oidc" || ssoName() !== null);
  if (!isOpen) throw new AppError("not_found");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (route === "signin" || route === "error") return redirect(signInPath(query["error"]));
  const cookies = definedOnly(parseCookie(request.headers.get("cookie") ?? ""));
  const body = method === "POST" ? await readFields(request) : {};
  try {
    const answer = await runNextAuth(
      {
        method,
        path,
        // What a client adds to the query would be passed on to the issuer.
        query: method === "GET" ? query : {},
        body: keepLocalCallback(body),
        cookies,
      },
      {
        byPassword: (credentials) => signInWithPassword(credentials, clientAddress(request)),
        byIdentity: (claims) => signInWithIdentity(claims),
      },
    );
    if (method === "GET") return getResponse(answer);
    const response = postResponse(answer);
    if (route === "signout") await announceSignOut(cookies);
    return response;
  } catch (error) {
    // Somebody comes back from the issuer in the middle of a navigation: a page must answer.
    if (route === "callback/oidc") return redirect(signInPath(toAppError(error).code));
    throw error;
  }
}

/** The fields of a form or of a JSON object; what is no text stays what it is, to be refused. */
async function readFields(request: Request): Promise<Record<string, unknown>> {
  if (mediaType(request) === "application/x-www-form-urlencoded") {
    return Object.fromEntries(new URLSearchParams(await readText(request, bodyBytes)));
  }
  return fieldsSchema.parse(await readJson(request, bodyBytes));
}

/** Leaves a place to come back to only when it is a path of ours. */
function keepLocalCallback({ callbackUrl, ...body }: Record<string, unknown>) {
  const isLocal = typeof callbackUrl === "string" && /^\/(?![/\\])/.test(callbackUrl);
  return isLocal ? { ...body, callbackUrl } : body;
}

function definedOnly(cookies: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cookies).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function getResponse({ status, location, cookies, body }: AuthAnswer): Response {
  if (location === null)
    return withCookies(Response.json(body, { status, headers: apiHeaders }), cookies);
  return withCookies(redirect(toOwnPage(location)), cookies);
}

/** After a POST the browser gets an address to go to, and our own errors instead of NextAuth's. */
function postResponse({ location, cookies }: AuthAnswer): Response {
  const url = location === null ? "/" : toOwnPage(location);
  if (location?.endsWith("?csrf=true")) throw new AppError("bad_origin");
  if (url.startsWith("/sign-in?")) throw new AppError("sso_failed");
  return withCookies(Response.json({ url }, { headers: apiHeaders }), cookies);
}

/** NextAuth's own pages are ours: /sign-in, with a code that has a sentence. */
function toOwnPage(location: string): string {
  const { pathname } = new URL(location, "http://localhost");
  return pathname.startsWith("/api/auth/") ? signInPath("sso_failed") : location;
}

function signInPath(error: string | undefined): string {
  return error === undefined ? "/sign-in" : `/sign-in?error=${encodeURIComponent(error)}`;
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { ...apiHeaders, location } });
}

function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

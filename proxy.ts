import { NextResponse, type NextRequest } from "next/server";
import { pageHeaders } from "@/lib/server/http/page-headers";

/** Gives every page a fresh nonce and its security headers. Next puts the nonce on its scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const headers = pageHeaders({
    nonce,
    isDevelopment: process.env.NODE_ENV === "development",
    isHttps:
      request.nextUrl.protocol === "https:" || request.headers.get("x-forwarded-proto") === "https",
  });
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set("x-page-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = {
  // The API and the diagram sandbox answer with policies of their own; built files need none.
  matcher: "/((?!api/|_next/|sandbox/|vendor/).*)",
};

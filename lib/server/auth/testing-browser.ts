import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { parseSetCookie, stringifyCookie } from "cookie";

// Stands in for next/headers where route handlers are called without Next:
//   vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

const current = new AsyncLocalStorage<Map<string, string>>();

/** Replaces `cookies` of next/headers: the jar of the browser whose call this is. */
export function cookies() {
  const jar = current.getStore() ?? new Map<string, string>();
  return Promise.resolve({
    get: (name: string) => {
      const value = jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string, options: { maxAge?: number }) => {
      keep(jar, name, value, options.maxAge);
    },
  });
}

/** Replaces `headers` of next/headers. */
export function headers() {
  return Promise.resolve(new Headers());
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

type Call = {
  method?: string;
  params?: Record<string, unknown>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
};

/** A browser at `address` that calls route handlers and keeps their cookies. */
export function openBrowser({ address = "192.0.2.1" } = {}) {
  const jar = new Map<string, string>();

  const call = (handler: Handler, path: string, options: Call = {}): Promise<Response> => {
    const { method = "GET", body, params = {} } = options;
    const request = new Request(new URL(path, "http://localhost:3000"), {
      method,
      headers: {
        host: "localhost:3000",
        "x-forwarded-for": address,
        cookie: stringifyCookie(Object.fromEntries(jar)),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return current.run(jar, async () => {
      const response = await handler(request, { params: Promise.resolve(params) });
      for (const line of response.headers.getSetCookie()) {
        const { name, value, maxAge } = parseSetCookie(line);
        keep(jar, name, value ?? "", maxAge);
      }
      return response;
    });
  };

  return { jar, call };
}

export type Browser = ReturnType<typeof openBrowser>;

/** Signs in through the handler of /api/auth/*. */
export async function signIn(
  { call }: Browser,
  handler: Handler,
  credentials: Record<string, unknown>,
): Promise<Response> {
  const csrf = await call(handler, "/api/auth/csrf", { params: { nextauth: ["csrf"] } });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return call(handler, "/api/auth/callback/credentials", {
    method: "POST",
    params: { nextauth: ["callback", "credentials"] },
    body: { ...credentials, csrfToken },
  });
}

function keep(jar: Map<string, string>, name: string, value: string, maxAge?: number): void {
  if (maxAge === 0 || value === "") jar.delete(name);
  else jar.set(name, value);
}

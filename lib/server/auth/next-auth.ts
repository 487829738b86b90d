import "server-only";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";
import { env, publishAuthUrl } from "../env";
import { logger } from "../logger";
import { oidcProvider } from "./oidc";
import {
  cookieName,
  cookieOptions,
  sessionCookieName,
  sessionMaxAgeSeconds,
} from "./session-cookie";
import { writeSessionToken, type Session } from "./session-token";

export type AuthRequest = {
  method: "GET" | "POST";
  /** What follows /api/auth/, such as ["callback", "credentials"]. */
  path: string[];
  query: Record<string, string>;
  body: Record<string, unknown>;
  cookies: Record<string, string>;
};

export type AuthAnswer = {
  status: number;
  /** Set-Cookie lines. */
  cookies: string[];
  /** Where the browser should go, when the answer is a redirect. */
  location: string | null;
  body: unknown;
};

/** How a sign-in is proven; both throw AppError when it is not. */
export type Proofs = {
  byPassword: (credentials: unknown) => Promise<Session>;
  byIdentity: (claims: unknown) => Promise<Session>;
};

/**
 * Runs NextAuth on a request. It is called through its interface for page routes with objects made
 * here, so it sees only what we parsed and bounded, and no header that could name another host.
 *
 * @throws AppError what the proof threw, instead of NextAuth's page of errors.
 */
export async function runNextAuth(request: AuthRequest, proofs: Proofs): Promise<AuthAnswer> {
  publishAuthUrl();
  const outcome: Outcome = { session: null, failure: null };
  const { query, body, cookies, method } = request;
  const [answer, response] = collectAnswer();
  await NextAuth(
    {
      method,
      query: { ...query, nextauth: request.path },
      // Asks for an answer that we can read, in place of a redirect.
      body: method === "POST" ? { ...body, json: "true" } : undefined,
      cookies,
      headers: {},
    } as unknown as NextApiRequest,
    response,
    authOptions(outcome, proofs),
  );
  if (outcome.failure !== null) throw outcome.failure.thrown;
  return answer;
}

type Outcome = { session: Session | null; failure: { thrown: unknown } | null };

function authOptions(outcome: Outcome, proofs: Proofs): AuthOptions {
  const prove = async (proof: () => Promise<Session>) => {
    try {
      outcome.session = await proof();
    } catch (thrown) {
      outcome.failure = { thrown };
    }
    return outcome.session;
  };
  const oidc = oidcProvider();
  return {
    secret: env().sessionSecret,
    providers: [
      {
        id: "credentials",
        type: "credentials",
        name: "credentials",
        credentials: {},
        authorize: async (credentials) => {
          const session = await prove(() => proofs.byPassword(credentials));
          return session && { id: session.userId };
        },
      },
      ...(oidc === null ? [] : [oidc]),
    ],
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    jwt: {
      encode: () => {
        if (outcome.session === null) throw new Error("a session without a proof");
        return writeSessionToken(outcome.session);
      },
      // NextAuth never reads a session here: lib/server/auth/actor.ts does.
      decode: () => Promise.resolve(null),
    },
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.type === "credentials") return outcome.session !== null;
        return (await prove(() => proofs.byIdentity(profile))) !== null;
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/", verifyRequest: "/sign-in" },
    useSecureCookies: env().publicUrl.startsWith("https://"),
    cookies: cookieSettings(),
    // NextAuth's own log lines carry claims and tokens; only the code is kept.
    logger: {
      error: (code) => {
        logger().warn({ code }, "sign-in");
      },
      warn: (code) => {
        logger().warn({ code }, "sign-in");
      },
      debug: () => undefined,
    },
  };
}

function cookieSettings() {
  const cookie = (name: string, maxAge?: number) => ({
    name,
    options: { ...cookieOptions(), ...(maxAge === undefined ? {} : { maxAge }) },
  });
  const checkMaxAgeSeconds = 15 * 60;
  return {
    sessionToken: cookie(sessionCookieName()),
    callbackUrl: cookie(cookieName("parley.callback-url")),
    csrfToken: cookie(cookieName("parley.csrf")),
    pkceCodeVerifier: cookie(cookieName("parley.pkce"), checkMaxAgeSeconds),
    state: cookie(cookieName("parley.state"), checkMaxAgeSeconds),
    nonce: cookie(cookieName("parley.nonce"), checkMaxAgeSeconds),
  };
}

/** A response of a page route that only takes notes. */
function collectAnswer(): [AuthAnswer, NextApiResponse] {
  const answer: AuthAnswer = { status: 200, cookies: [], location: null, body: undefined };
  const response = {
    status: (status: number) => {
      answer.status = status;
      return response;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? answer.cookies : undefined),
    setHeader: (name: string, value: string | string[]) => {
      if (name === "Set-Cookie") answer.cookies = [value].flat();
      if (name === "Location") answer.location = String(value);
      return response;
    },
    json: (body: { url?: string }) => {
      answer.body = body;
      if (body.url !== undefined) answer.location = body.url;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  return [answer, response as unknown as NextApiResponse];
}

import type { ErrorDetails } from "@/lib/contracts/errors";
import { callApi, toApiError, type ClientErrorCode } from "./api";
import { shape } from "./shape";

// The browser's side of /api/auth/*. next-auth's own client is not needed for four requests.

export type SignInResult =
  { isOk: true } | { isOk: false; code: ClientErrorCode; details: ErrorDetails | null };

const csrfShape = shape<{ csrfToken: string }>({ csrfToken: "string" });
const answerShape = shape<{ url: string }>({ url: "string" });

/** Signs in; the session cookie is set when it succeeds. Never throws. */
export async function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  try {
    await postAuth("callback/credentials", { email, password });
    return { isOk: true };
  } catch (error) {
    const { code, details } = toApiError(error);
    return { isOk: false, code, details };
  }
}

/** Ends the session of this browser. @throws ApiError. */
export async function signOut(): Promise<void> {
  await postAuth("signout", {});
}

/**
 * Leaves for the single sign-on, to come back to a path of ours.
 *
 * @throws ApiError when the issuer can't be reached.
 */
export async function startSso(nextPath = "/"): Promise<void> {
  window.location.assign(await postAuth("signin/oidc", { callbackUrl: nextPath }));
}

async function postAuth(path: string, fields: Record<string, string>): Promise<string> {
  const { csrfToken } = await callApi("GET", "/api/auth/csrf", { schema: csrfShape });
  const body = { ...fields, csrfToken };
  const { url } = await callApi("POST", `/api/auth/${path}`, { body, schema: answerShape });
  return url;
}

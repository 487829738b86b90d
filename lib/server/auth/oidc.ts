import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "../env";

type Claims = { sub: string };

/** The name to show on the button of single sign-on; null when it is not configured. */
export function ssoName(): string | null {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  if (OIDC_ISSUER === undefined) return null;
  return OIDC_NAME ?? new URL(OIDC_ISSUER).hostname;
}

/** The configured OIDC issuer as a NextAuth provider, with state, nonce and PKCE; null without one. */
export function oidcProvider(): OAuthConfig<Claims> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (OIDC_ISSUER === undefined) return null;
  return {
    id: "oidc",
    type: "oauth",
    name: ssoName() ?? "oidc",
    wellKnown: `${OIDC_ISSUER.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    // The claims come from the ID token, whose signature, issuer, audience and nonce are checked.
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    httpOptions: { timeout: 10_000 },
    ...(OIDC_CLIENT_ID === undefined ? {} : { clientId: OIDC_CLIENT_ID }),
    ...(OIDC_CLIENT_SECRET === undefined ? {} : { clientSecret: OIDC_CLIENT_SECRET }),
    // NextAuth wants a profile; ours is made from the claims in identity.ts.
    profile: (claims) => ({ id: claims.sub }),
  };
}

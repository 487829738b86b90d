import "server-only";
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Claims = Record<string, unknown>;

type Grant = { nonce: string | null; challenge: string | null; claims: Claims };

const clientId = "parley";
const clientSecret = "issuer-secret";

/** A small OIDC issuer over HTTP: discovery, keys, and a token endpoint that checks PKCE. */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  let overrides: Claims = {};

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", url());
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (pathname === "/.well-known/openid-configuration") answer(200, discovery(url()));
      else if (pathname === "/jwks") answer(200, { keys: [publicKeyOf()] });
      else {
        const token = redeem(new URLSearchParams(text), request.headers.authorization);
        if (token === null) answer(400, { error: "invalid_grant" });
        else answer(200, { access_token: "access", token_type: "Bearer", id_token: token });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  function url(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function publicKeyOf() {
    return { ...publicKey.export({ format: "jwk" }), kid: "key", use: "sig", alg: "RS256" };
  }

  function redeem(form: URLSearchParams, authorization = ""): string | null {
    const code = form.get("code") ?? "";
    const grant = grants.get(code);
    grants.delete(code);
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (grant?.challenge !== challenge || authorization !== `Basic ${basic}`) return null;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: url(),
      aud: clientId,
      iat: seconds,
      exp: seconds + 60,
      nonce: grant.nonce,
      ...grant.claims,
      ...overrides,
    };
    const parts = [{ alg: "RS256", kid: "key" }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const signature = sign("sha256", Buffer.from(parts.join(".")), privateKey);
    return [...parts, signature.toString("base64url")].join(".");
  }

  return {
    url: url(),
    environment: {
      OIDC_ISSUER: url(),
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_NAME: "Example",
    },
    /** What a person does there: consents, and is sent back with a code. */
    authorize: (location: string, claims: Claims): string => {
      const asked = new URL(location).searchParams;
      const code = randomUUID();
      grants.set(code, {
        nonce: asked.get("nonce"),
        challenge: asked.get("code_challenge"),
        claims,
      });
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return back.href;
    },
    /** Makes the next tokens lie. */
    forge: (claims: Claims) => {
      overrides = claims;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function discovery(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

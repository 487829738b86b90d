import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { requirePid, startChild, stopChild } from "./children";
import { nowMicros } from "./clock";
import type { HttpTurn, Target } from "./load";
import { modelName } from "./upstream";

export const account = { email: "bench@example.com", password: "as fast as it goes" };

const root = path.resolve(import.meta.dirname, "../..");
const secrets = {
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  ENCRYPTION_KEY: randomBytes(32).toString("base64"),
};

export type AppSettings = {
  databaseUrl: string;
  dataDir: string;
  upstreamPort: number;
  profileDir: string | null;
};

export type TurnPlace = { conversationId?: string; parentId?: string };

/** One process of the production server. */
export type App = Omit<Target, "turn"> & {
  url: string;
  /** From the start of the process to the end of its first page, in milliseconds. */
  startMs: number;
  /** Proves who we are; empty before `signIn`. */
  headers: () => Record<string, string>;
  turn: (prompt: string, place?: TurnPlace) => HttpTurn;
  signIn: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts the server and waits for its first page. @throws Error with its output when none comes. */
export async function startApp(settings: AppSettings): Promise<App> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = nowMicros();
  const profiling =
    settings.profileDir === null
      ? []
      : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(settings.profileDir)}`];
  const child = startChild(process.execPath, [...profiling, "scripts/server.mjs"], {
    cwd: root,
    env: makeEnv(port, settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (piece: Buffer) => {
    output = (output + piece.toString()).slice(-20_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  let isGone = false;
  child.once("exit", () => {
    isGone = true;
  });
  await waitForPage(`${url}/sign-in`, () => {
    if (isGone) throw new Error(`The server ended:\n${output}`);
  });
  const startMs = (nowMicros() - startedAt) / 1000;
  let cookie = "";
  return {
    name: "parley",
    url,
    startMs,
    pid: () => requirePid(child),
    headers: () => ({ cookie }),
    turn: (prompt, { conversationId = randomUUID(), parentId }: TurnPlace = {}) => ({
      url: `${url}/api/chat`,
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({
        id: conversationId,
        message: { id: randomUUID(), role: "user", parts: [{ type: "text", text: prompt }] },
        ...(parentId !== undefined && { parentId }),
      }),
    }),
    signIn: async () => {
      cookie = await signIn(url);
    },
    stop: () => stopChild(child),
  };
}

/** Nothing of the developer's own settings reaches the server, not even through `.env`. */
function makeEnv(port: number, settings: AppSettings): NodeJS.ProcessEnv {
  const upstream = `127.0.0.1:${settings.upstreamPort}`;
  const { PATH, HOME, TMPDIR, LANG, NEXT_DIST_DIR } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR, LANG, NEXT_DIST_DIR, ...secrets },
    NODE_ENV: "production",
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: "",
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: `http://${upstream}/v1`,
    OPENAI_MODEL: modelName,
    PROVIDER_HOSTS: upstream,
    ADMIN_EMAIL: account.email,
    ADMIN_PASSWORD: account.password,
    LOG_LEVEL: "info",
  };
}

const startWithinMs = 60_000;

/** Polls closely, and without keep-alive, so that the wait adds milliseconds and not more. */
async function waitForPage(url: string, check: () => void): Promise<void> {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    check();
    try {
      const response = await fetch(url, { headers: { connection: "close" }, redirect: "manual" });
      await response.arrayBuffer();
      if (response.status === 200) return;
    } catch {
      // Not listening yet.
    }
    await sleep(5);
  }
  throw new Error(`${url} did not answer within ${startWithinMs / 1000} s.`);
}

async function signIn(url: string): Promise<string> {
  const jar = new Map<string, string>();
  const call = async (route: string, body?: URLSearchParams) => {
    const response = await fetch(url + route, {
      method: body === undefined ? "GET" : "POST",
      headers: { cookie: joinCookies(jar) },
      redirect: "manual",
      ...(body && { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  const { csrfToken } = (await (await call("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = new URLSearchParams({ ...account, csrfToken, json: "true" });
  await call("/api/auth/callback/credentials", form);
  const me = await call("/api/me");
  if (!me.ok) throw new Error(`Signing in failed: ${me.status} ${await me.text()}`);
  return joinCookies(jar);
}

function joinCookies(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerChat, ProviderState } from "./chat";
import { answerDialect } from "./dialects/answer-dialect";
import { findDialectRules, type DialectName } from "./dialects/find";
import { makeErrorBody } from "./error-body";
import type { ReceivedRequest } from "./received";
import type { Scenario } from "./scenario";
import { modelNames } from "./scenarios/find";

export type ProviderOptions = {
  /** 0, the default, takes a free port. */
  port?: number;
  /** The key that is asked for; null answers everybody. */
  key?: string | null;
  /** When connections that nobody uses are closed; Node's own 5 s otherwise. */
  idleMs?: number;
};

export type ScriptedProvider = {
  /** Base URL for clients, with `/v1`. */
  url: string;
  port: number;
  /** Base URL of a provider that is played as strictly as the real one; the key is the same. */
  dialectUrl: (name: DialectName) => string;
  requests: () => readonly ReceivedRequest[];
  /**
   * Answers every request in whose messages `key` occurs by `scenario`, whatever its model; a later
   * script of the same key takes the place of the first.
   */
  script: (key: string, scenario: Scenario) => void;
  /** Lets one waiting `gate` answer go on, now or as soon as it waits. */
  release: () => void;
  /** Forgets the requests received, and nothing else: a long test would keep them all. */
  forget: () => void;
  /** Forgets the requests received and the scripts, and counts attempts anew. */
  reset: () => void;
  close: () => Promise<void>;
};

/** Starts a scripted OpenAI-style server on 127.0.0.1; what it answers depends on the model. */
export async function startProvider(options: ProviderOptions = {}): Promise<ScriptedProvider> {
  const key = options.key === undefined ? "sk-test" : options.key;
  const state = new ProviderState();
  const { idleMs = 5_000 } = options;
  const server = createServer({ keepAliveTimeout: idleMs }, (request, response) => {
    route(request, response, state, key).catch(() => {
      response.destroy();
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    port,
    dialectUrl: (name) =>
      `http://127.0.0.1:${String(port)}/dialect/${name}${findDialectRules(name)?.basePath ?? ""}`,
    requests: () => state.requests,
    script: (key, scenario) => {
      state.script(key, scenario);
    },
    release: () => {
      state.release();
    },
    forget: () => {
      state.requests = [];
    },
    reset: () => {
      state.reset();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  state: ProviderState,
  key: string | null,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://provider").pathname;
  switch (`${request.method ?? "GET"} ${path}`) {
    case "GET /__requests":
      sendJson(response, 200, state.requests);
      return;
    case "POST /__reset":
      state.reset();
      response.writeHead(204).end();
      return;
    case "POST /__release":
      state.release();
      response.writeHead(204).end();
      return;
  }
  if (path.startsWith("/dialect/")) {
    await answerDialect(request, response, state, key);
    return;
  }
  if (key !== null && request.headers.authorization !== `Bearer ${key}`) {
    refuseKey(request, response);
    return;
  }
  switch (`${request.method ?? "GET"} ${path}`) {
    case "GET /v1/models": {
      const data = modelNames.map((id) => ({ id, object: "model", created: 0, owned_by: "e2e" }));
      sendJson(response, 200, { object: "list", data });
      return;
    }
    case "POST /v1/chat/completions":
      await answerChat(request, response, state);
      return;
  }
  sendJson(response, 404, makeErrorBody(`Unknown request URL: ${path}`));
}

/** Real providers quote the key they refuse; what must not reach a log or a screen. */
function refuseKey(request: IncomingMessage, response: ServerResponse): void {
  const given = request.headers.authorization?.replace(/^Bearer /, "");
  const message =
    given === undefined
      ? "You didn't provide an API key."
      : `Incorrect API key provided: ${given}. You can find your API key in your account.`;
  sendJson(response, 401, makeErrorBody(message, "invalid_request_error", "invalid_api_key"));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

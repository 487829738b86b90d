import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { makeStamp, nowMicros } from "./clock";
import { listenAndReport } from "./part-server";
import { markdownToken } from "./markdown";
import { readScript } from "./script";

export const modelName = "bench";

type Plan = ReturnType<typeof readScript>;

/** An OpenAI-style server that does next to nothing: every delta is the time at which it left. */
export function serveUpstream(): void {
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      sendJson(response, { object: "list", data: [{ id: modelName, object: "model" }] });
      return;
    }
    void readBody(request).then((body) => {
      play(response, readScript(body));
    });
  });
  server.keepAliveTimeout = 120_000;
  listenAndReport(server);
}

const head = `data: {"id":"bench","object":"chat.completion.chunk","created":1700000000,"model":"${modelName}","choices":[`;
const choice = (delta: string, reason: string) =>
  `${head}{"index":0,"delta":${delta},"finish_reason":${reason}}]}\n\n`;

const opening = choice('{"role":"assistant","content":""}', "null");
const token = ({ form }: Plan, index: number) => {
  const text = form === "markdown" ? markdownToken(index) : makeStamp(nowMicros());
  return choice(`{"content":${JSON.stringify(text)}}`, "null");
};
const closing = ({ tokens }: Plan) =>
  `${choice("{}", '"stop"')}${head}],"usage":{"prompt_tokens":10,"completion_tokens":${tokens},` +
  `"total_tokens":${tokens + 10}}}\n\ndata: [DONE]\n\n`;

function play(response: ServerResponse, script: Plan): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.write(opening);
  if (script.perSecond === 0) flood(response, script, 0);
  else pace(response, script);
}

/** As fast as the reader takes it, one write a token, as real servers do. */
function flood(response: ServerResponse, script: Plan, from: number): void {
  for (let sent = from; sent < script.tokens; sent++) {
    if (response.destroyed) return;
    if (response.write(token(script, sent))) continue;
    response.once("drain", () => flood(response, script, sent + 1));
    return;
  }
  response.end(closing(script));
}

/** At a steady pace; a timer that was late is made up for, so that the pace holds under load. */
function pace(response: ServerResponse, script: Plan): void {
  const startedAt = performance.now();
  const gapMs = 1000 / script.perSecond;
  let sent = 0;
  const tick = () => {
    if (response.destroyed) return;
    const due = Math.floor((performance.now() - startedAt) / gapMs) + 1;
    for (; sent < script.tokens && sent < due; sent++) response.write(token(script, sent));
    if (sent >= script.tokens) response.end(closing(script));
    else setTimeout(tick, Math.max(0, startedAt + sent * gapMs - performance.now()));
  };
  tick();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  // Not parsed, so that a long history costs the upstream little.
  return Buffer.concat(pieces).toString("latin1");
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

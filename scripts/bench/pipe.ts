import { Agent, createServer, request as send } from "node:http";
import { pipeline } from "node:stream";
import { listenAndReport } from "./part-server";

/** The floor: a server that only hands request and answer on. */
export function servePipe(upstreamPort: number): void {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024 });
  const server = createServer((request, response) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const onward = send(
      {
        port: upstreamPort,
        host: "127.0.0.1",
        path: request.url,
        method: request.method,
        headers,
        agent,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, { "content-type": "text/event-stream" });
        pipeline(answer, response, () => undefined);
      },
    );
    pipeline(request, onward, (error) => {
      if (error) response.destroy();
    });
  });
  server.keepAliveTimeout = 120_000;
  listenAndReport(server);
}

import "server-only";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type KeyFault = "refuse" | "no_credit" | "no_quota" | "limit";

/** A provider that knows the keys `sk-canary-NAME` apart, and quotes those that it refuses. */
export class ProviderWithKeys {
  /** The names of the keys, in the order in which they came. */
  readonly seen: string[] = [];
  private readonly faults = new Map<string, KeyFault>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ProviderWithKeys> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const provider = new ProviderWithKeys(server, `http://127.0.0.1:${String(port)}/v1`);
    server.on("request", (request, response) => {
      request.resume().on("end", () => {
        const key = request.headers.authorization?.replace("Bearer ", "") ?? "";
        provider.answer(key, response);
      });
    });
    return provider;
  }

  play(name: string, fault: KeyFault): void {
    this.faults.set(name, fault);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(key: string, response: ServerResponse): void {
    const name = key.replace("sk-canary-", "");
    this.seen.push(name);
    const fail = (status: number, code: string) => {
      const headers = { "content-type": "application/json", "retry-after": "45" };
      const error = { message: `Not with ${key}`, type: code, code };
      response.writeHead(status, headers).end(JSON.stringify({ error }));
    };
    switch (this.faults.get(name)) {
      case "refuse":
        fail(401, "invalid_api_key");
        return;
      case "no_credit":
        fail(402, "payment_required");
        return;
      case "no_quota":
        fail(429, "insufficient_quota");
        return;
      case "limit":
        fail(429, "rate_limit_exceeded");
        return;
      default: {
        const message = { role: "assistant", content: "Hello" };
        const body = { choices: [{ index: 0, message, finish_reason: "stop" }] };
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ id: "1", object: "chat.completion", model: "plain", ...body }));
      }
    }
  }
}

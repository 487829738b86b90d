import "server-only";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** Calls a route handler as a browser of our own origin does, for tests without Next. */
export async function callRoute(
  handler: Handler,
  { body, params = {} }: { body?: unknown; params?: Record<string, string> } = {},
): Promise<{ status: number; text: string; json: unknown }> {
  // The handler says by itself which method it is for; what counts here is that it is not safe.
  const request = new Request("http://localhost:3000/api", {
    method: "POST",
    headers: {
      host: "localhost:3000",
      origin: "http://localhost:3000",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, text, json: text === "" ? undefined : JSON.parse(text) };
}

import { z } from "zod";

const contentSchema = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
]);

const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: contentSchema.nullish() })).min(1),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
});

export type ChatRequest = z.infer<typeof chatRequestSchema>;

/** Parses a body as strict providers do; the second value is what they would complain about. */
export function parseChatRequest(
  json: string,
): { request: ChatRequest } | { complaint: string; param: string | null } {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    return { complaint: "We could not parse the JSON body of your request.", param: null };
  }
  const result = chatRequestSchema.safeParse(body);
  if (!result.success) {
    const param = result.error.issues[0]?.path.join(".") ?? null;
    return { complaint: `Invalid value for '${param ?? "body"}'.`, param };
  }
  const request = result.data;
  if (request.stream_options !== undefined && request.stream !== true) {
    return {
      complaint: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      param: "stream_options",
    };
  }
  return { request };
}

/** The text of the last message that the user wrote. */
export function lastUserText(request: ChatRequest): string {
  const content = request.messages.findLast((message) => message.role === "user")?.content ?? "";
  if (typeof content === "string") return content;
  return content.map((part) => part.text ?? "").join("");
}

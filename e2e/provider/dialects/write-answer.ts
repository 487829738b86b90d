import type { ServerResponse } from "node:http";
import type { ChatRequest } from "../chat-request";
import { countTokens, splitTokens } from "../tokens";
import type { DialectModel, DialectRules } from "./rules";
import type { Choice } from "./think-up";

type Writing = {
  response: ServerResponse;
  rules: DialectRules;
  model: DialectModel;
  /** Only with the fields that are heeded. */
  request: ChatRequest;
  id: string;
  choices: Choice[];
};

/** Puts an answer on the wire in the dialect's form. */
export function writeAnswer(writing: Writing): void {
  const { rules, request } = writing;
  if (request.stream === true && rules.ignoresStream !== true) writeStream(writing);
  else writeDocument(writing);
}

function writeDocument({ response, rules, model, request, id, choices }: Writing): void {
  const body = {
    ...headOf(request, id, "chat.completion"),
    choices: choices.map((choice, index) => ({
      index,
      message: {
        role: "assistant",
        content: choice.toolCall === null ? textOf(model, choice) : null,
        ...thoughtsOf(model, choice.reasoning),
        ...(choice.toolCall === null ? {} : { tool_calls: [toolCallOf(choice.toolCall)] }),
      },
      finish_reason: choice.finish,
    })),
    ...(rules.hidesUsage === true ? {} : { usage: usageOf(model, request, choices) }),
  };
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify(rules.decorate?.(body) ?? body));
}

function writeStream({ response, rules, model, request, id, choices }: Writing): void {
  const head = headOf(request, id, "chat.completion.chunk");
  const wantsUsage = request.stream_options?.include_usage === true && rules.hidesUsage !== true;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = (event: Record<string, unknown>) =>
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  const say = (index: number, delta: unknown, finish: string | null = null) => {
    const chunk = { ...head, choices: [{ index, delta, finish_reason: finish }] };
    send(rules.decorate?.(chunk) ?? chunk);
  };
  for (const event of rules.firstEvents?.(head) ?? []) send(event);
  choices.forEach((choice, index) => {
    say(index, { role: "assistant", content: "" });
    if (model.thoughts?.field !== "think_tags")
      for (const piece of splitTokens(choice.reasoning)) say(index, thoughtsOf(model, piece));
    for (const piece of splitTokens(textOf(model, choice))) say(index, { content: piece });
    if (choice.toolCall !== null)
      say(index, { tool_calls: [{ index: 0, ...toolCallOf(choice.toolCall) }] });
    say(index, {}, choice.finish);
  });
  for (const event of rules.lastEvents?.(head, request) ?? []) send(event);
  if (wantsUsage) send({ ...head, choices: [], usage: usageOf(model, request, choices) });
  response.end("data: [DONE]\n\n");
}

function headOf({ model }: ChatRequest, id: string, object: string) {
  return { id, object, created: Math.floor(Date.now() / 1000), model };
}

function textOf({ thoughts }: DialectModel, { reasoning, text }: Choice): string {
  const isTagged = thoughts?.field === "think_tags" && reasoning !== "";
  return isTagged ? `<think>\n${reasoning}\n</think>\n\n${text}` : text;
}

function thoughtsOf({ thoughts }: DialectModel, reasoning: string): Record<string, string> {
  if (thoughts === null || reasoning === "") return {};
  const { field } = thoughts;
  return field === "hidden" || field === "think_tags" ? {} : { [field]: reasoning };
}

function toolCallOf(call: NonNullable<Choice["toolCall"]>) {
  return { id: "call_1", type: "function", function: call };
}

function usageOf({ thoughts }: DialectModel, request: ChatRequest, choices: readonly Choice[]) {
  const sum = (count: (choice: Choice) => number) =>
    choices.reduce((total, choice) => total + count(choice), 0);
  const promptTokens = countTokens(JSON.stringify(request.messages));
  const reasoningTokens = sum(({ reasoning }) => countTokens(reasoning));
  const completionTokens = reasoningTokens + sum(({ text }) => countTokens(text));
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(thoughts === null
      ? {}
      : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}

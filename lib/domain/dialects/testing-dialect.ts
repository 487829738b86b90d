import { AnswerReader } from "../answer/answer-reader";
import { emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import type { LeftOut, Parameters } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import { eventsOfDocument } from "../chat-completions/document-events";
import { EventMender } from "../chat-completions/event-mender";
import { isObject, parseJson, type Json } from "../chat-completions/json";
import { readUsage } from "../chat-completions/repair-usage";
import { classifyProviderError } from "../errors/classify-provider-error";
import type { RequestMessage } from "./shape-messages";
import { shapeRequest } from "./shape-request";

const hello: RequestMessage[] = [{ role: "user", text: "Hello" }];

/** What goes out to a model of this kind of provider. */
export function shape(
  kind: ProviderKind,
  modelName: string,
  parameters: Parameters = {},
  given: {
    messages?: RequestMessage[];
    card?: Partial<CapabilityCard>;
    n?: number;
    isStream?: boolean;
    maxOutputTokens?: number;
    outputRoom?: number | null;
  } = {},
): { body: Json; leftOut: LeftOut[] } {
  const { messages = hello, card = {}, n = 1, isStream = true } = given;
  const { maxOutputTokens = null, outputRoom = null } = given;
  return shapeRequest({
    kind,
    modelName,
    card: { ...emptyCard, ...card },
    messages,
    parameters,
    n,
    isStream,
    maxOutputTokens,
    outputRoom,
  });
}

/** What is read of a body of server-sent events with this data. */
export function readStream(...data: (Json | "[DONE]")[]) {
  const mender = new EventMender();
  for (const event of data)
    mender.push(`data: ${event === "[DONE]" ? event : JSON.stringify(event)}\n\n`);
  if (!mender.isOver) mender.end();
  const answer = new AnswerReader();
  const pieces = mender.takePieces().filter((piece) => piece.type !== "finish");
  const deltas = [...pieces.flatMap((piece) => answer.push(piece)), ...answer.end()];
  const join = (type: "text" | "reasoning") =>
    deltas
      .filter((delta) => delta.type === type)
      .map(({ delta }) => delta)
      .join("");
  const events = mender
    .takeEvents()
    .split("\n\n")
    .map((event) => parseJson(event.slice("data: ".length)))
    .filter(isObject);
  const usages = events.map(({ usage }) => readUsage(usage)).filter((usage) => usage !== null);
  const finishes = events.flatMap(({ choices }) =>
    Array.isArray(choices) ? choices.filter(isObject).map((choice) => choice["finish_reason"]) : [],
  );
  return {
    text: join("text"),
    reasoning: join("reasoning"),
    finish: finishes.at(-1) ?? null,
    usage: usages.at(-1) ?? null,
    error: events.find((event) => "error" in event)?.["error"] ?? null,
  };
}

/** What is read of one JSON document where a stream was asked for. */
export const readDocument = (document: Json) => readStream(...(eventsOfDocument(document) ?? []));

/** The code that an error of a provider becomes. */
export const codeOf = (status: number, body: Json | string) =>
  classifyProviderError({ status, body, phase: "before_headers" }, 0).code;

/** A chunk of a streamed answer. */
export const chunk = (delta: Json, rest: Json = {}, finish: string | null = null): Json => ({
  id: "c1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...rest,
});

import { isObject, parseJson, type Json } from "../chat-completions/json";
import { readUsage, type UsageCounts } from "../chat-completions/repair-usage";
import { classifyProviderError } from "../errors/classify-provider-error";
import { readErrorBody } from "../errors/read-error-body";
import type { Reply, ReplyChoice, SeenReasoning } from "./reply";

/** An answer as it came over the wire, or what kept it from coming. */
export type RawReply = {
  status: number | null;
  headers: Record<string, string>;
  text: string;
  /** Codes along the chain of causes where there was no answer. */
  causeCodes: readonly string[];
  firstMs: number;
  totalMs: number;
};

/** Reads the answer to a probe: a document or a stream, whichever came, or an error. */
export function readReply(raw: RawReply): Reply {
  const { status, firstMs, totalMs } = raw;
  const events = status !== null && status < 300 ? readEvents(raw) : null;
  const completion = events === null ? null : readCompletion(events.values);
  if (events !== null && completion !== null)
    return {
      ...completion,
      isOk: true,
      isRefused: false,
      status,
      failure: null,
      form: events.form,
      words: "",
      firstMs,
      totalMs,
    };
  return readFailure(raw, events?.values ?? []);
}

type Completion = Pick<Reply, "choices" | "reasoning" | "usage">;

function readFailure(raw: RawReply, events: readonly Json[]): Reply {
  const { status, headers, causeCodes, firstMs, totalMs } = raw;
  const body = events.find((event) => event["error"] !== undefined) ?? raw.text;
  const { words } = readErrorBody(body);
  const empty = { choices: [], reasoning: null, usage: null };
  const times = { status, firstMs, totalMs };
  // Some say so of a limit that left no room behind the thoughts: it was heeded all the same.
  if (status === 400 && /output limit was reached/i.test(words))
    return {
      ...empty,
      ...times,
      choices: [{ text: "", toolCalls: 0, finish: "length" }],
      isOk: true,
      isRefused: false,
      failure: null,
      form: "document",
      words: "",
    };
  const failure = classifyProviderError(
    { ...(status === null ? {} : { status }), body, headers, causeCodes },
    0,
  );
  // Nothing had begun to come, so nothing was lost: the provider is simply not reached.
  const code = failure.code === "connection_lost" ? "provider_unreachable" : failure.code;
  return {
    ...empty,
    ...times,
    isOk: false,
    isRefused: isRefusal(status, code, words),
    failure: { code, details: keepFigures(failure.details), waitMs: failure.waitMs },
    form: null,
    words,
  };
}

const refusals = new Set([400, 404, 405, 415, 422, 501]);

function isRefusal(status: number | null, code: string, words: string): boolean {
  if (status === null || code === "provider_out_of_credit" || code === "answer_filtered")
    return false;
  // A server of one's own may call it a fault of its own when a model cannot do something.
  return refusals.has(status) || (status === 500 && /not support|unsupported/i.test(words));
}

function keepFigures({ status, retryAfterSeconds }: Record<string, string | number | boolean>) {
  return {
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof retryAfterSeconds === "number" ? { retryAfterSeconds } : {}),
  };
}

function readEvents({ text }: RawReply): { form: "document" | "stream"; values: Json[] } | null {
  const document = parseJson(text);
  if (isObject(document)) return { form: "document", values: [document] };
  const values = text
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith("data:") ? [parseJson(line.slice("data:".length))] : []))
    .filter(isObject);
  return values.length > 0 ? { form: "stream", values } : null;
}

/** Null when the events are no chat completion, or hold an error. */
function readCompletion(events: readonly Json[]): Completion | null {
  if (events.some((event) => event["error"] != null)) return null;
  const choices = new Map<number, ReplyChoice>();
  let reasoning: SeenReasoning | null = null;
  let usage: UsageCounts | null = null;
  for (const event of events) {
    usage = readUsage(event["usage"]) ?? usage;
    reasoning ??= countsThoughts(event["usage"]) ? "none" : null;
    const list: unknown = event["choices"];
    if (!Array.isArray(list)) continue;
    for (const choice of list.filter(isObject)) {
      const index = typeof choice["index"] === "number" ? choice["index"] : 0;
      const known = choices.get(index) ?? { text: "", toolCalls: 0, finish: null };
      const delta = choice["message"] ?? choice["delta"];
      if (isObject(delta)) {
        reasoning = findThoughts(delta) ?? reasoning;
        if (typeof delta["content"] === "string") known.text += delta["content"];
        if (Array.isArray(delta["tool_calls"])) known.toolCalls += delta["tool_calls"].length;
      }
      if (typeof choice["finish_reason"] === "string") known.finish = choice["finish_reason"];
      choices.set(index, known);
    }
  }
  if (choices.size === 0) return null;
  const list = [...choices.values()];
  const isTagged = list.some(({ text }) => text.trimStart().startsWith("<think>"));
  return { choices: list.map(dropTags), reasoning: isTagged ? "think_tags" : reasoning, usage };
}

function findThoughts(delta: Json): SeenReasoning | null {
  for (const field of ["reasoning_content", "reasoning"] as const) {
    const thoughts = delta[field];
    if (typeof thoughts === "string" && thoughts !== "") return field;
  }
  return null;
}

function countsThoughts(usage: unknown): boolean {
  if (!isObject(usage)) return false;
  const details = usage["completion_tokens_details"];
  const count = isObject(details) ? details["reasoning_tokens"] : 0;
  return typeof count === "number" && count > 0;
}

function dropTags(choice: ReplyChoice): ReplyChoice {
  const text = choice.text.trimStart();
  if (!text.startsWith("<think>")) return choice;
  const [, ...behind] = text.split("</think>");
  return { ...choice, text: behind.join("</think>").trimStart() };
}

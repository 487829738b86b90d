// What OpenAI-compatible servers send beside the standard, mended before the SDK's strict schema
// sees it: one odd figure must not cost the user the answer.

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const usageFields = ["prompt_tokens", "completion_tokens", "total_tokens"];

/** Makes a usage object harmless: counts that are no whole, possible numbers become null. */
export function repairUsage(usage: unknown): Json | null {
  if (!isObject(usage)) return null;
  const details = ["prompt_tokens_details", "completion_tokens_details"];
  return {
    ...usage,
    ...Object.fromEntries(usageFields.map((field) => [field, readCount(usage[field])])),
    ...Object.fromEntries(
      details.map((field) => {
        const detail = usage[field];
        if (!isObject(detail)) return [field, null];
        return [
          field,
          Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, readCount(value)])),
        ];
      }),
    ),
  };
}

function readCount(value: unknown): number | null {
  const count = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof count === "number" && Number.isInteger(count) && count >= 0 ? count : null;
}

/** One event's JSON, mended. What is no JSON stays as it is, for the SDK to report. */
export function repairEvent(event: unknown): unknown {
  if (!isObject(event)) return event;
  return {
    ...event,
    ...(event["usage"] === undefined ? {} : { usage: repairUsage(event["usage"]) }),
    // Azure's first chunk and some gateways' last one have no choices at all.
    ...(event["choices"] === undefined && event["error"] === undefined ? { choices: [] } : {}),
  };
}

/**
 * The text of an event that brings nothing but text, else null. Such events can be joined: under
 * load many are waiting, and one large delta costs the SDK as much as one small.
 */
export function readPlainDelta(event: unknown): string | null {
  if (!isObject(event) || event["usage"] != null || event["error"] !== undefined) return null;
  const choices = event["choices"];
  if (!Array.isArray(choices) || choices.length !== 1) return null;
  const choice: unknown = choices[0];
  if (!isObject(choice) || choice["finish_reason"] != null || (choice["index"] ?? 0) !== 0)
    return null;
  const delta = choice["delta"];
  if (!isObject(delta) || typeof delta["content"] !== "string" || delta["content"] === "")
    return null;
  const isPlain = Object.entries(delta).every(
    ([key, value]) => key === "content" || key === "role" || value === null || value === "",
  );
  return isPlain ? delta["content"] : null;
}

/**
 * A complete answer, sent although a stream was asked for, in the form of a stream's events.
 * Null when it is no chat completion.
 */
export function eventsOfDocument(document: unknown): Json[] | null {
  if (!isObject(document)) return null;
  if (isObject(document["error"])) return [document];
  const choices = document["choices"];
  if (!Array.isArray(choices)) return null;
  const choice: unknown = choices[0];
  const message = isObject(choice) ? choice["message"] : undefined;
  if (!isObject(choice) || !isObject(message)) return null;
  const { id, created, model } = document;
  const head = { id, created, model, object: "chat.completion.chunk" };
  return [
    { ...head, choices: [{ index: 0, delta: message, finish_reason: null }] },
    {
      ...head,
      choices: [{ index: 0, delta: {}, finish_reason: choice["finish_reason"] ?? "stop" }],
      ...(document["usage"] === undefined ? {} : { usage: repairUsage(document["usage"]) }),
    },
  ];
}

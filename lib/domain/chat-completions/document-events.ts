import { isObject, type Json } from "./json";

/**
 * A complete answer, sent although a stream was asked for, as the events of a stream. Null when it
 * is no chat completion; an error in a document with status 200 is an event of its own.
 */
export function eventsOfDocument(document: unknown): Json[] | null {
  if (!isObject(document)) return null;
  const choices = document["choices"];
  if (!Array.isArray(choices)) {
    const isError = document["error"] != null || typeof document["message"] === "string";
    return isError ? [document] : null;
  }
  const choice: unknown = choices[0];
  const message = isObject(choice) ? choice["message"] : undefined;
  if (!isObject(choice) || !isObject(message)) return null;
  return [
    { choices: [{ delta: message }] },
    {
      choices: [{ delta: {}, finish_reason: choice["finish_reason"] ?? "stop" }],
      usage: document["usage"],
    },
  ];
}

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
  const readable = choices.filter(
    (choice): choice is Json => isObject(choice) && isObject(choice["message"]),
  );
  if (readable.length === 0) return null;
  const rows = readable.map((choice, place): Json => ({
    ...choice,
    index: choice["index"] ?? place,
  }));
  return [
    { choices: rows.map((choice) => ({ index: choice["index"], delta: choice["message"] })) },
    {
      choices: rows.map((choice) => ({
        index: choice["index"],
        delta: {},
        finish_reason: choice["finish_reason"] ?? "stop",
        // Azure's findings on what was written.
        content_filter_results: choice["content_filter_results"],
      })),
      usage: document["usage"],
    },
  ];
}

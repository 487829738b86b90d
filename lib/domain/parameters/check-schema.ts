import { limits } from "@/lib/contracts/limits";
import type { ResponseFormat } from "@/lib/contracts/parameters";

export type JsonSchema = Extract<ResponseFormat, { type: "json_schema" }>["schema"];

/** What is wrong with a schema; a place counts lines and columns from 1. */
export type SchemaFault =
  | { kind: "syntax"; place: { line: number; column: number } | null }
  | { kind: "not_an_object" | "top_not_object" | "too_long" };

export type CheckedSchema = { schema: JsonSchema } | { fault: SchemaFault };

/** A name of a schema that every provider takes. */
export const schemaNamePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Reads a JSON Schema that somebody types. Its top must be an object: providers take no other. */
export function checkSchema(text: string): CheckedSchema {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: { kind: "syntax", place: findPlace(error, text) } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { fault: { kind: "not_an_object" } };
  const schema = value as JsonSchema;
  if (schema["type"] !== "object") return { fault: { kind: "top_not_object" } };
  if (JSON.stringify(schema).length > limits.jsonSchemaCharacters)
    return { fault: { kind: "too_long" } };
  return { schema };
}

/** Browsers say it in words of their own: by line and column, by position, or not at all. */
function findPlace(error: unknown, text: string): { line: number; column: number } | null {
  const words = error instanceof Error ? error.message : "";
  const named = /line (\d+) column (\d+)/.exec(words);
  if (named !== null) return { line: Number(named[1]), column: Number(named[2]) };
  const position = /position (\d+)/.exec(words)?.[1];
  const isCut = /end of/i.test(words);
  if (position === undefined && !isCut) return null;
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

import { isObject } from "../chat-completions/json";

const refusedKeywords = ["allOf", "not", "if", "dependentRequired", "dependentSchemas"];
// What stands there is data, or no schema itself.
const dataKeywords = ["enum", "const", "default", "examples", "properties", "required"];

/**
 * Whether a JSON Schema may be asked for strictly: every object in it names all its properties as
 * required and allows no others. Others are refused when asked for so.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (!isObject(schema)) return true;
  if (refusedKeywords.some((keyword) => keyword in schema)) return false;
  const { properties, required } = schema as { properties?: unknown; required?: unknown };
  if (schema["type"] === "object" || isObject(properties)) {
    if (!isObject(properties) || !Array.isArray(required)) return false;
    if (schema["additionalProperties"] !== false) return false;
    if (!Object.keys(properties).every((name) => required.includes(name))) return false;
    if (!Object.values(properties).every(isStrictSchema)) return false;
  }
  return Object.entries(schema).every(
    ([keyword, value]) =>
      dataKeywords.includes(keyword) ||
      // Named schemas: the names are anybody's.
      (keyword === "$defs" && isObject(value)
        ? Object.values(value).every(isStrictSchema)
        : isStrictSchema(value)),
  );
}

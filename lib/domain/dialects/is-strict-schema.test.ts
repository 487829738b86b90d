import { expect, it } from "vitest";
import { isStrictSchema } from "./is-strict-schema";
import { shape } from "./testing-dialect";

const closed = (properties: object, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

it.each<[string, object, boolean]>([
  ["closed, all required", closed({ a: { type: "string" } }), true],
  ["in lists and alternatives", closed({ a: { type: "array", items: closed({}) } }), true],
  ["an optional property", closed({ a: {}, b: {} }, ["a"]), false],
  ["open", { type: "object", properties: { a: {} }, required: ["a"] }, false],
  ["open further in", closed({ a: { anyOf: [{ type: "object" }, { type: "null" }] } }), false],
  ["open among its definitions", { ...closed({}), $defs: { not: { type: "object" } } }, false],
  ["closed among its definitions", { ...closed({}), $defs: { not: closed({}) } }, true],
  ["with a keyword that is not taken", closed({ a: { allOf: [{ type: "string" }] } }), false],
  ["a value that looks like a schema", closed({ a: { enum: [{ type: "object" }] } }), true],
])("knows which schemas can be asked for strictly: %s", (_name, schema, isStrict) => {
  expect(isStrictSchema(schema)).toBe(isStrict);
});

it("asks strictly where that is possible", () => {
  const ask = (schema: Record<string, string | boolean | object>) =>
    shape("openai", "gpt-4o", {
      responseFormat: {
        type: "json_schema",
        name: "a",
        schema: JSON.parse(JSON.stringify(schema)) as never,
      },
    }).body["response_format"];
  expect(ask(closed({}))).toMatchObject({ json_schema: { strict: true } });
  expect(ask({ type: "object" })).toEqual({
    type: "json_schema",
    json_schema: { name: "a", schema: { type: "object" } },
  });
});

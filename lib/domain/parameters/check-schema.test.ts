import { describe, expect, it } from "vitest";
import { limits } from "@/lib/contracts/limits";
import { parametersSchema } from "@/lib/contracts/parameters";
import { checkSchema } from "./check-schema";

describe("a JSON schema that somebody types", () => {
  it("is taken when its top is an object", () => {
    const checked = checkSchema('{"type":"object","properties":{"city":{"type":"string"}}}');
    expect(checked).toEqual({
      schema: { type: "object", properties: { city: { type: "string" } } },
    });
    const schema = "schema" in checked ? checked.schema : {};
    const format = { type: "json_schema", name: "answer", schema };
    expect(parametersSchema.safeParse({ responseFormat: format }).success).toBe(true);
  });

  it("says where it is not JSON", () => {
    expect(checkSchema('{\n  "type": "object",\n}')).toEqual({
      fault: { kind: "syntax", place: { line: 3, column: 1 } },
    });
    expect(checkSchema('{"type": "object"')).toEqual({
      fault: { kind: "syntax", place: { line: 1, column: 18 } },
    });
    expect(checkSchema("")).toMatchObject({ fault: { kind: "syntax" } });
  });

  it("is no list and no word, and has an object at its top", () => {
    for (const text of ["[]", "3", "null", '"object"'])
      expect(checkSchema(text)).toEqual({ fault: { kind: "not_an_object" } });
    for (const text of ["{}", '{"type":"array"}'])
      expect(checkSchema(text)).toEqual({ fault: { kind: "top_not_object" } });
  });

  it("has an end", () => {
    const description = "x".repeat(limits.jsonSchemaCharacters);
    expect(checkSchema(JSON.stringify({ type: "object", description }))).toEqual({
      fault: { kind: "too_long" },
    });
  });
});

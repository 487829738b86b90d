import { describe, expect, it } from "vitest";
import { parametersSchema } from "@/lib/contracts/parameters";
import { numberFields, readNumber, roundTo, type NumberName } from "./number-fields";

const names = Object.keys(numberFields) as NumberName[];

describe("a typed number", () => {
  it("is read as people write it", () => {
    expect(readNumber("temperature", " 0.7 ")).toBe(0.7);
    expect(readNumber("temperature", "0,7")).toBe(0.7);
    expect(readNumber("temperature", "０．７")).toBe(0.7);
    expect(readNumber("presencePenalty", "-.5")).toBe(-0.5);
    expect(readNumber("temperature", "1.")).toBe(1);
  });

  it("is nothing when the field is empty, and no number when it is none", () => {
    expect(readNumber("seed", "  ")).toBeUndefined();
    for (const text of ["warm", "1e3", "0x10", "1 2", "--1", ".", "-", "NaN", "Infinity"])
      expect(readNumber("temperature", text)).toBeNull();
  });

  it("beyond the range becomes the nearest end, and a whole one where only those count", () => {
    expect(readNumber("temperature", "9")).toBe(2);
    expect(readNumber("topP", "-1")).toBe(0);
    expect(readNumber("maxOutputTokens", "0")).toBe(1);
    expect(readNumber("seed", "42.4")).toBe(42);
    expect(readNumber("seed", "99999999999")).toBe(2_147_483_647);
  });

  it.each(names)("within the range of %s is what the server takes", (name) => {
    const { min, max, step, usual } = numberFields[name];
    for (const value of [min, max, usual, roundTo(min + step, 3)])
      expect(parametersSchema.safeParse({ [name]: value }).success).toBe(true);
    for (const value of [min - 0.01, max + 1])
      expect(parametersSchema.safeParse({ [name]: value }).success).toBe(false);
  });
});

it("a slider's number has no dust on it", () => {
  expect(roundTo(0.1 + 0.2, 3)).toBe(0.3);
  expect(Object.is(roundTo(-0.0001, 1), 0)).toBe(true);
});

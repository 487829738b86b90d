import { expect, it } from "vitest";
import { readModelNames } from "./model-list";

it.each([
  ["OpenAI's list", { object: "list", data: [{ id: "a" }, { id: "b" }] }],
  ["an array of objects", [{ id: "a" }, { name: "b" }]],
  ["an array of strings", ["a", "b"]],
  ["Ollama's list", { models: [{ name: "a" }, { model: "b" }] }],
])("reads %s", (_, body) => {
  expect(readModelNames(body)).toEqual(["a", "b"]);
});

it("leaves out what is no name, repeats, and everything after 2,000", () => {
  const body = { data: [{ id: 1 }, { id: "" }, null, { id: "x".repeat(201) }, { id: "a" }, "a"] };
  expect(readModelNames(body)).toEqual(["a"]);
  const many = Array.from({ length: 3000 }, (_, index) => String(index));
  expect(readModelNames(many)).toHaveLength(2000);
});

it("cleans names of what a database cannot hold", () => {
  expect(readModelNames(["a\u0000b", "c\nd", "e\ud800"])).toEqual(["ab", "c d", "e\ufffd"]);
});

it.each([null, "text", 7, {}, { data: {} }, { error: "no" }])("takes %j for no list", (body) => {
  expect(readModelNames(body)).toBeNull();
});

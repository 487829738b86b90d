import { expect, it } from "vitest";
import { isMissingPart } from "./missing-part";

it.each([
  Object.assign(new Error("Failed to load chunk /_next/static/chunks/0a1.js from module 7"), {
    name: "ChunkLoadError",
  }),
  new Error("Loading CSS chunk 12 failed."),
  new TypeError("Failed to fetch dynamically imported module: https://chat.example/_next/x.js"),
  new TypeError("Importing a module script failed."),
  new TypeError("error loading dynamically imported module"),
])("knows that code could not be loaded: %s", (error) => {
  expect(isMissingPart(error)).toBe(true);
});

it.each([
  new Error("Failed to fetch"),
  new TypeError("x is not a function"),
  "ChunkLoadError",
  null,
])("leaves other faults alone: %s", (error) => {
  expect(isMissingPart(error)).toBe(false);
});

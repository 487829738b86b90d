import { describe, expect, it } from "vitest";
import { findListPlace } from "./list-url";

describe("where models are listed", () => {
  it("is beside the chat completions", () => {
    const place = findListPlace({
      kind: "openai",
      baseUrl: "https://a.example/v1",
      apiVersion: null,
    });
    expect(place).toEqual({ url: "https://a.example/v1/models", isCallable: true });
  });

  it.each([
    ["2024-10-21", "https://a.example/openai/models?api-version=2024-10-21"],
    ["v1", "https://a.example/openai/v1/models"],
  ])("is beside the deployments at Azure (%s), and lists none of them", (apiVersion, url) => {
    const place = findListPlace({ kind: "azure", baseUrl: "https://a.example", apiVersion });
    expect(place).toEqual({ url, isCallable: false });
  });
});

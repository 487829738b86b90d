import { describe, expect, it } from "vitest";
import { connectableKindSchema } from "@/lib/contracts/providers";
import { findDialect } from "../dialects/dialect";
import { providerPresets } from "./presets";

describe("providerPresets", () => {
  it("has one for every dialect that has an address of its own", () => {
    const kinds = providerPresets.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(connectableKindSchema.options.filter((kind) => !kinds.includes(kind))).toEqual([
      "openai-compatible",
    ]);
  });

  it("leads to an address that its dialect can call", () => {
    for (const { kind, baseUrl, baseUrlHint } of providerPresets) {
      const url = findDialect(kind).makeChatUrl({
        baseUrl: baseUrl === "" ? (baseUrlHint ?? "") : baseUrl,
        apiVersion: kind === "azure" ? "2024-10-21" : null,
        modelName: "m",
      });
      expect(new URL(url).pathname).toMatch(/\/chat\/completions$/);
      expect(url).not.toContain("//chat");
    }
  });

  it("says where a key comes from and what it looks like, wherever one is needed", () => {
    for (const { needsKey, keyUrl, keyHint } of providerPresets) {
      expect(keyUrl !== undefined).toBe(needsKey);
      expect(keyHint !== undefined).toBe(needsKey);
      if (keyUrl !== undefined) expect(new URL(keyUrl).protocol).toBe("https:");
    }
  });
});

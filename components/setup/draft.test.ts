import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("window", {
    sessionStorage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, text: string) => stored.set(name, text),
      removeItem: (name: string) => stored.delete(name),
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The module as a freshly loaded page has it. */
async function reload() {
  vi.resetModules();
  return import("./draft");
}

describe("the draft of a provider", () => {
  it("is there again after a reload, without the key", async () => {
    const page = await reload();
    page.startDraft({ kind: "openai-compatible", name: "Ours", baseUrl: "https://ours.test/v1" });
    page.setKey("sk-SECRET");
    page.updateDraft({ usesKey: true, models: ["a", "b"], chosen: ["b"] });
    expect([...stored.values()].join()).not.toContain("SECRET");

    const { readDraft } = await reload();
    expect(readDraft()).toEqual({
      kind: "openai-compatible",
      name: "Ours",
      baseUrl: "https://ours.test/v1",
      apiVersion: "",
      usesKey: true,
      models: ["a", "b"],
      chosen: ["b"],
    });
  });

  it("starts empty when what is stored makes no sense", async () => {
    for (const text of ["", "{", "null", '{"kind":"pigeon"}']) {
      stored.set("parley.connect", text);
      const { readDraft } = await reload();
      expect(readDraft()).toMatchObject({ name: "", models: null });
    }
  });

  it("works without a storage, for as long as the page lives", async () => {
    vi.stubGlobal("window", {
      get sessionStorage(): Storage {
        throw new Error("forbidden");
      },
    });
    const page = await reload();
    page.startDraft({ name: "Ours" });
    expect(page.readDraft().name).toBe("Ours");
  });

  it("leaves nothing behind when it is done", async () => {
    const page = await reload();
    page.startDraft({ name: "Ours" });
    page.clearDraft();
    expect(stored.size).toBe(0);
    expect(page.readDraft().name).toBe("");
  });
});

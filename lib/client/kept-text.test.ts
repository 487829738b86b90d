import { describe, expect, it } from "vitest";
import { claimKeptText } from "./kept-text";

function createStorage(values: Record<string, string>) {
  const map = new Map(Object.entries(values));
  return {
    map,
    get length() {
      return map.size;
    },
    key: (at: number) => [...map.keys()][at] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const texts = {
  "parley.draft.new": "a draft",
  "parley.unsent.c1": "a message",
  "parley.queue.c1": "a queue",
  "parley.model": "a model",
};

describe("texts that were not sent", () => {
  it("stay for the account that wrote them", () => {
    const storage = createStorage({ ...texts, "parley.owner": "ada" });
    claimKeptText("ada", () => storage);
    expect(Object.fromEntries(storage.map)).toEqual({ ...texts, "parley.owner": "ada" });
  });

  it("are not shown to the next account on the same computer", () => {
    const storage = createStorage({ ...texts, "parley.owner": "ada" });
    claimKeptText("bob", () => storage);
    expect(Object.fromEntries(storage.map)).toEqual({
      "parley.model": "a model",
      "parley.owner": "bob",
    });
  });

  it("do no harm where storage is forbidden", () => {
    expect(() => {
      claimKeptText("ada", () => {
        throw new DOMException("denied", "SecurityError");
      });
    }).not.toThrow();
  });
});

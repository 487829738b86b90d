import { describe, expect, it, vi } from "vitest";
import { answerStream, posts, refusal, saved, settled, setUp } from "./testing-conversation";

const changesOf = (calls: { name: string; given: unknown }[]) =>
  calls.filter(({ name }) => name === "changeSettings").map(({ given }) => given);

/** A step that ends when it is told to. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), step: () => opened };
}

describe("the settings of a new conversation", () => {
  it("go along with its first turn", async () => {
    const { store, calls } = setUp({
      postTurn: [() => answerStream("message-1", "A", "complete")],
    });
    await store.changeSettings({ parameters: { temperature: 0.2 } });
    await store.changeSettings({ systemPrompt: "Be brief." });
    expect(calls).toEqual([]);
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls)[0]?.settings).toEqual({
      systemPrompt: "Be brief.",
      parameters: { temperature: 0.2 },
    });
    expect(changesOf(calls)).toEqual([]);
  });

  it("are known to whoever asks before that, without being taken", async () => {
    const contextPolicy = { kind: "window", rounds: 10, tokens: 8_000 } as const;
    const { store, calls } = setUp({
      postTurn: [() => answerStream("message-1", "A", "complete")],
    });
    expect(store.readUnsaidSettings()).toEqual({});
    await store.changeSettings({ contextPolicy });
    expect(store.readUnsaidSettings()).toEqual({ settings: { contextPolicy } });
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls)[0]?.settings).toEqual({ contextPolicy });
    expect(store.readUnsaidSettings()).toEqual({});
  });

  it("are sent after it, when they were changed while it was on its way", async () => {
    const way = gate();
    const { store, calls } = setUp({
      postTurn: [() => way.step().then(() => answerStream("message-1", "A", "complete"))],
      changeSettings: [() => undefined],
    });
    store.send("Hi", null);
    await store.changeSettings({ parameters: { seed: 7 } });
    way.open();
    await settled(store);
    await vi.waitUntil(() => changesOf(calls).length === 1);
    expect(changesOf(calls)).toEqual([{ id: "conversation-1", parameters: { seed: 7 } }]);
    expect(store.get().parameters).toEqual({ seed: 7 });
  });
});

describe("the settings of a saved conversation", () => {
  it("go out one request at a time, and only the last wish of many", async () => {
    const way = gate();
    const { store, calls } = setUp({ changeSettings: [way.step, () => undefined] }, saved);
    const first = store.changeSettings({ parameters: { temperature: 0.1 } });
    for (const temperature of [0.2, 0.3, 0.4])
      void store.changeSettings({ parameters: { temperature } });
    expect(store.get().parameters).toEqual({ temperature: 0.4 });
    way.open();
    await first;
    expect(changesOf(calls)).toEqual([
      { id: "conversation-1", parameters: { temperature: 0.1 } },
      { id: "conversation-1", parameters: { temperature: 0.4 } },
    ]);
  });

  it("are as before when the server refuses, and whoever asked hears of it", async () => {
    const { store } = setUp(
      {
        changeSettings: [
          () => {
            throw refusal("invalid_input");
          },
        ],
      },
      { ...saved, modelId: "model-1", parameters: { seed: 1 } },
    );
    await expect(store.changeSettings({ parameters: { seed: 2 } })).rejects.toThrow(
      "invalid_input",
    );
    expect(store.get()).toMatchObject({ modelId: "model-1", parameters: { seed: 1 } });
  });

  it("never lag behind a message that is sent right after", async () => {
    const way = gate();
    const { store, calls } = setUp(
      {
        changeSettings: [way.step],
        postTurn: [() => answerStream("message-1", "A", "complete")],
      },
      saved,
    );
    const change = store.changeSettings({ modelId: "model-2", parameters: { temperature: 1 } });
    store.send("Hi", "model-2");
    await settled(store);
    expect(posts(calls)[0]?.settings).toEqual({ parameters: { temperature: 1 } });
    way.open();
    await change;
    store.send("Again", "model-2");
    await settled(store);
    expect(posts(calls)[1]).not.toHaveProperty("settings");
  });
});

describe("settings that another device changed", () => {
  const theirs = { systemPrompt: "Theirs", modelId: "model-2", parameters: { topP: 0.5 } };

  it("are taken over", async () => {
    const { store } = setUp({ readSettings: [() => theirs] }, saved);
    await store.readSettings();
    expect(store.get()).toMatchObject(theirs);
  });

  it("do not undo what is changed here meanwhile", async () => {
    const way = gate();
    const { store } = setUp(
      { readSettings: [() => way.step().then(() => theirs)], changeSettings: [() => undefined] },
      saved,
    );
    const reading = store.readSettings();
    await store.changeSettings({ parameters: { topP: 0.9 } });
    way.open();
    await reading;
    expect(store.get()).toMatchObject({ parameters: { topP: 0.9 }, modelId: null });
  });

  it("stay as they are while they cannot be read", async () => {
    const { store } = setUp(
      {
        readSettings: [
          () => {
            throw refusal("offline");
          },
        ],
      },
      { ...saved, parameters: { seed: 1 } },
    );
    await store.readSettings();
    expect(store.get()).toMatchObject({ parameters: { seed: 1 }, notice: null });
  });
});

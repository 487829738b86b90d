import { describe, expect, it, vi } from "vitest";
import type { Message } from "@/lib/contracts/messages";
import { refusal, setUp, texts } from "./testing-conversation";
import { testMessage } from "./testing-messages";

const siblings = ["v1", "v2", "v3"];
const first = testMessage({ id: "u1" });
const version = (id: string) =>
  testMessage({ id, parentId: "u1", role: "assistant", siblingIds: siblings });
const after = (id: string) => testMessage({ id: `${id}-next`, parentId: id });
const branch = (id: string) => [first, version(id), after(id)];
const page = (messages: Message[]) => () => ({ messages, before: null, after: null });
const place = { topPx: 120, focus: null } as const;

function open(script: Parameters<typeof setUp>[0]) {
  return setUp(script, { isSaved: true, messages: branch("v1") });
}

const settled = (store: ReturnType<typeof setUp>["store"]) =>
  vi.waitUntil(() => store.get().choosing === null);

describe("walking among the alternatives of a message", () => {
  it("tells the server, then shows the branch, with the message where it was", async () => {
    const { store, calls } = open({
      changeMessage: [() => version("v2")],
      readMessages: [page(branch("v2"))],
    });
    void store.choose("v1", "v2", place);
    expect(store.get().choosing).toEqual({ shownId: "v1", toId: "v2" });
    await settled(store);
    expect(texts(store.get())).toEqual(["text of u1", "text of v2", "text of v2-next"]);
    expect(store.get().held).toEqual({ ...place, messageId: "v2" });
    expect(calls.map(({ given }) => given)).toEqual([
      { id: "v2", isChosen: true },
      { around: "v2" },
    ]);
  });

  it("shows a branch that was seen before at once", async () => {
    const { store } = open({
      changeMessage: [() => version("v2")],
      readMessages: [page(branch("v2")), page(branch("v1"))],
    });
    await store.choose("v1", "v2", place);
    void store.choose("v2", "v1", place);
    expect(texts(store.get())).toEqual(["text of u1", "text of v1", "text of v1-next"]);
    await settled(store);
    expect(texts(store.get())).toEqual(["text of u1", "text of v1", "text of v1-next"]);
  });

  it("goes straight to the last wish of somebody who walks fast", async () => {
    const { store, calls } = open({
      changeMessage: [() => version("v3")],
      readMessages: [page(branch("v3"))],
    });
    void store.choose("v1", "v2", place);
    void store.choose("v1", "v3", place);
    expect(store.get().choosing).toEqual({ shownId: "v1", toId: "v3" });
    await settled(store);
    expect(texts(store.get())[1]).toBe("text of v3");
    expect(calls.filter(({ name }) => name === "readMessages")).toHaveLength(1);
    expect(calls.filter(({ name }) => name === "changeMessage").at(-1)?.given).toMatchObject({
      id: "v3",
    });
  });

  it("goes back to what was shown, with a word, when the server refuses", async () => {
    const { store } = open({
      changeMessage: [
        () => {
          throw refusal("answer_in_progress");
        },
      ],
    });
    await store.choose("v1", "v2", place);
    expect(texts(store.get())).toEqual(["text of u1", "text of v1", "text of v1-next"]);
    expect(store.get()).toMatchObject({ choosing: null, notice: { code: "answer_in_progress" } });
  });

  it("waits until an answer has ended", async () => {
    const { store, calls } = setUp(
      {},
      {
        isSaved: true,
        messages: branch("v1"),
        turn: { phase: "reconnecting", sinceMs: 0, generationId: null },
      },
    );
    await store.choose("v1", "v2", place);
    expect(calls).toEqual([]);
  });
});

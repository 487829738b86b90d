import { describe, expect, it } from "vitest";
import type { FilePart } from "@/lib/contracts/attachments";
import { isPassing } from "./failure";
import { parseQueue } from "./message-queue";
import { answerStream, posts, refusal, saved, settled, setUp } from "./testing-conversation";

const image = (name: string): FilePart => ({
  type: "file",
  url: `/api/attachments/${name}`,
  mediaType: "image/png",
  width: 8,
  height: 8,
});
const answered = () => answerStream("message-1", "x", "complete");

describe("a message with images", () => {
  it("is sent with them before its words, or without any words", async () => {
    const { store, calls } = setUp({ postTurn: [answered, answered] }, saved);
    store.send("Look", null, [image("a")]);
    await settled(store);
    store.send("", null, [image("b")]);
    await settled(store);
    expect(posts(calls).map(({ message }) => message?.parts)).toEqual([
      [image("a"), { type: "text", text: "Look" }],
      [image("b")],
    ]);
  });

  it("is sent neither without words nor images", () => {
    const { store, calls } = setUp({ postTurn: [] }, saved);
    store.send("  ", null, []);
    expect(posts(calls)).toEqual([]);
  });

  it("comes back whole when it is refused", async () => {
    const refuse = () => {
      throw refusal("not_found");
    };
    const { store } = setUp({ postTurn: [refuse] }, saved);
    store.send("Look", null, [image("a")]);
    await settled(store);
    expect(isPassing({ code: "not_found", details: null })).toBe(false);
    expect(store.get()).toMatchObject({ returnedText: "Look", returnedImages: [image("a")] });
  });

  it("goes out again under its old id only with the same images", async () => {
    const refuse = () => {
      throw refusal("not_found");
    };
    const { store, calls, drafts } = setUp({ postTurn: [refuse, refuse, refuse] }, saved);
    for (const images of [[image("a")], [image("a")], [image("b")]]) {
      store.send("Look", null, images);
      await settled(store);
    }
    const [first, second, third] = posts(calls).map(({ message }) => message?.id);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(drafts.readUnsent("conversation-1")?.images).toEqual([image("b")]);
  });

  it("keeps its images when it is edited, unless others are given", async () => {
    const [question] = saved.messages;
    if (question === undefined) throw new Error("no question");
    const parts = [image("a"), ...question.parts];
    const messages = [{ ...question, parts }, ...saved.messages.slice(1)];
    const { store, calls } = setUp({ postTurn: [answered, answered] }, { ...saved, messages });
    store.sendEdited(question.id, "Anew", null);
    await settled(store);
    const [first] = posts(calls);
    expect(first?.message?.parts).toEqual([image("a"), { type: "text", text: "Anew" }]);
    store.sendEdited(first?.message?.id ?? "", "Once more", null, []);
    await settled(store);
    expect(posts(calls)[1]?.message?.parts).toEqual([{ type: "text", text: "Once more" }]);
  });

  it("waits in the queue with what can be understood of its images", () => {
    const images = [image("a"), { type: "file", url: "https://evil.example/x.png" }, null];
    const queue = parseQueue({ items: [{ id: "one", text: "", images }], behindId: null });
    expect(queue.items[0]?.images).toEqual([image("a")]);
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FilePart } from "@/lib/contracts/attachments";
import { preparePromptImages } from "./prompt-images";

const asked = vi.hoisted((): string[][] => []);
const state = vi.hoisted(() => ({ isAway: false }));
vi.mock("../db/attachments", () => ({
  readAttachmentBytes: (_actor: unknown, ids: string[]) => {
    asked.push(ids);
    if (state.isAway) return Promise.reject(new Error("away"));
    return Promise.resolve(new Map(ids.map((id) => [id, new TextEncoder().encode(id)])));
  },
}));

const image = (id: string): FilePart => ({
  type: "file",
  url: `/api/attachments/${id}`,
  mediaType: "image/png",
});

const actor = { userId: "u", role: "member" as const };
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

beforeEach(() => {
  asked.length = 0;
  state.isAway = false;
});

describe("images of a prompt", () => {
  it("are read when a request sends them, those in one query, and no others", async () => {
    const prepare = preparePromptImages(actor);
    const [one, two, unsent] = ["one", "two", "unsent"].map((id) => prepare(image(id)));
    expect(unsent?.mediaType).toBe("image/png");
    const read = await Promise.all([one?.readBytes(), two?.readBytes(), one?.readBytes()]);
    expect(read.map((bytes) => textOf(bytes ?? new Uint8Array()))).toEqual(["one", "two", "one"]);
    await one?.readBytes();
    expect(asked).toEqual([["one", "two"]]);
  });

  it("are tried again when the database was away", async () => {
    const one = preparePromptImages(actor)(image("one"));
    state.isAway = true;
    await expect(one.readBytes()).rejects.toThrow("away");
    state.isAway = false;
    expect(textOf(await one.readBytes())).toBe("one");
    expect(asked).toHaveLength(2);
  });
});

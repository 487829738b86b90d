import { describe, expect, it, vi } from "vitest";
import { chatTurnSchema } from "@/lib/contracts/chat";
import type { FilePart } from "@/lib/contracts/attachments";
import type { Actor } from "@/lib/domain/actor";
import { makePng } from "../attachments/testing-images";
import { toFilePart } from "../attachments/settle-images";
import { createAttachment } from "../db/attachments";
import { branchOff } from "../db/branch-off";
import { db } from "../db/client";
import { makeUser } from "../db/testing";
import { newId } from "../ids";
import { streamTurn } from "./stream-turn";
import { findRows, lastOf, readChunks, useTurns } from "./testing-turns";

// Titles are in the language of a request, and here is none.
vi.mock("next-intl/server", () => ({
  getTranslations: () => Promise.resolve((key: string) => `images.${key}`),
}));

const { turns, useModel } = useTurns();

async function storeImage(actor: Actor, side = 8): Promise<FilePart & { bytes: Uint8Array }> {
  const bytes = makePng(side, side);
  const info = { mediaType: "image/png", fileName: "cat.png", width: side, height: side } as const;
  return { ...toFilePart(await createAttachment(actor, { ...info, bytes }, 1e9)), bytes };
}

const claim = ({ url }: FilePart) => ({ type: "file", url, mediaType: "image/jpeg", width: 9 });

/** Posts a message with images, as a client that lies about what they are. */
function submit(
  conversationId: string,
  images: readonly FilePart[],
  text: string,
  extra: Record<string, unknown> = {},
) {
  const parts = [...images.map(claim), ...(text === "" ? [] : [{ type: "text", text }])];
  const message = { id: newId(), role: "user", parts };
  return streamTurn(turns.actor, chatTurnSchema.parse({ id: conversationId, message, ...extra }));
}

type Sent = { messages: { role: string; content: unknown }[] };
const sentMessages = () =>
  (turns.provider.requests().at(-1)?.body as Sent).messages.filter(({ role }) => role !== "system");
const dataUrl = (bytes: Uint8Array) =>
  `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

const setVision = (vision: "yes" | "no") =>
  db().model.updateMany({ data: { card: { capabilities: { vision } } } });

describe("a message with images", () => {
  it("reaches the model with their bytes, and is stored with what the store knows", async () => {
    const image = await storeImage(turns.actor);
    await readChunks(await submit(newId(), [image, image], "What is this?"));
    expect(sentMessages().at(-1)?.content).toEqual([
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url: dataUrl(image.bytes) } },
    ]);
    const [question] = await findRows();
    expect(question?.parts).toEqual([
      {
        type: "file",
        url: image.url,
        mediaType: "image/png",
        filename: "cat.png",
        width: 8,
        height: 8,
      },
      { type: "text", text: "What is this?" },
    ]);
    expect(await db().messageAttachment.findMany()).toEqual([
      { messageId: question?.id, attachmentId: image.url.split("/").at(-1) },
    ]);
  });

  it("needs no words, and names its conversation without them", async () => {
    const [id, image] = [newId(), await storeImage(turns.actor)];
    const chunks = await readChunks(await submit(id, [image], ""));
    expect(lastOf(chunks).status).toBe("complete");
    expect(await db().conversation.findFirst({ where: { id } })).toMatchObject({
      title: "images.title",
    });
    expect(sentMessages().at(-1)?.content).toEqual([
      { type: "image_url", image_url: { url: dataUrl(image.bytes) } },
    ]);
  });

  it("does not exist with somebody else's image: nothing is stored, and nobody is asked", async () => {
    const stranger = await makeUser();
    const [own, foreign] = [await storeImage(turns.actor), await storeImage(stranger)];
    for (const images of [[foreign], [own, foreign]]) {
      const failure = await submit(newId(), images, "Look").catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "not_found" });
    }
    const random = { ...own, url: "/api/attachments/0190b0b0-0000-7000-8000-000000000000" };
    expect(await submit(newId(), [random], "").catch((error: unknown) => error)).toMatchObject({
      code: "not_found",
    });
    expect(await db().message.count()).toBe(0);
    expect(await db().conversation.count()).toBe(0);
    expect(await db().messageAttachment.count()).toBe(0);
    expect(turns.provider.requests()).toEqual([]);
  });

  it("keeps them in the history, on other branches, and in a conversation of its own", async () => {
    const [id, image] = [newId(), await storeImage(turns.actor)];
    const first = await readChunks(await submit(id, [image], "First"));
    await readChunks(await submit(id, [], "Second"));
    expect(JSON.stringify(sentMessages())).toContain(dataUrl(image.bytes));

    // Edited: another branch with the same image.
    await readChunks(await submit(id, [image], "First, anew", { parentId: null }));
    expect(sentMessages()).toHaveLength(1);
    expect(JSON.stringify(sentMessages())).toContain(dataUrl(image.bytes));

    const answerId = first[0]?.type === "start" ? first[0].messageId : "";
    const copy = await branchOff(turns.actor, answerId);
    const links = await db().messageAttachment.findMany({ include: { message: true } });
    expect(links.map(({ message }) => message.conversationId).sort()).toEqual(
      [id, id, copy.id].sort(),
    );
    await db().conversation.delete({ where: { id } });
    await readChunks(await submit(copy.id, [], "Third"));
    expect(JSON.stringify(sentMessages())).toContain(dataUrl(image.bytes));
  });

  it("is linked once, however often it arrives", async () => {
    const [id, image] = [newId(), await storeImage(turns.actor)];
    const message = { id: newId(), role: "user", parts: [claim(image)] };
    const post = async () => {
      const response = await streamTurn(turns.actor, chatTurnSchema.parse({ id, message }));
      return readChunks(response);
    };
    await Promise.all([post(), post()]);
    await post();
    expect(await db().messageAttachment.count()).toBe(1);
    expect(turns.provider.requests()).toHaveLength(1);
  });

  it("is another one with other images, and has no right to its id", async () => {
    const id = newId();
    const [image, other] = [await storeImage(turns.actor), await storeImage(turns.actor)];
    const message = { id: newId(), role: "user" };
    const post = (images: readonly FilePart[]) =>
      submit(id, [], "", { message: { ...message, parts: images.map(claim) } });
    await readChunks(await post([image]));
    for (const images of [[other], [image, other]])
      await expect(post(images)).rejects.toMatchObject({ code: "conflict" });
    await readChunks(await post([image, image]));
    expect(await db().message.count()).toBe(2);
    expect(turns.provider.requests()).toHaveLength(1);
  });

  it("is refused where the model can't see it, and the message is kept", async () => {
    await setVision("no");
    const [id, image] = [newId(), await storeImage(turns.actor)];
    const end = lastOf(await readChunks(await submit(id, [image], "Look")));
    expect(end).toMatchObject({
      status: "failed",
      errorCode: "model_incapable",
      errorDetails: { needs: "vision" },
    });
    expect(turns.provider.requests()).toEqual([]);
    expect((await findRows())[0]?.parts).toHaveLength(2);
  });

  it("from earlier does not keep a model that can't see from answering", async () => {
    const [id, image] = [newId(), await storeImage(turns.actor)];
    await readChunks(await submit(id, [image], ""));
    await setVision("no");
    expect(lastOf(await readChunks(await submit(id, [], "And now?"))).status).toBe("complete");
    expect(sentMessages()[0]?.content).toBe("[image]");
    expect(JSON.stringify(sentMessages())).not.toContain("base64");
  });

  it("sends the newest twenty along, and counts them", async () => {
    await useModel("plain");
    const id = newId();
    const images = await Promise.all(Array.from({ length: 24 }, () => storeImage(turns.actor)));
    for (let at = 0; at < images.length; at += 8)
      await readChunks(await submit(id, images.slice(at, at + 8), `Batch ${String(at)}`));
    const counts = sentMessages()
      .filter(({ role }) => role === "user")
      .map(({ content }) => (content as unknown[]).length - 1);
    expect(counts).toEqual([4, 8, 8]);
  });
});

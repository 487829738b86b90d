import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountEvent } from "@/lib/contracts/events";
import type { Message } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { openBrowser, type Browser } from "@/lib/server/auth/testing-browser";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { plantTree } from "@/lib/server/db/testing-tree";
import { GET as findText } from "../../conversations/[id]/find/route";
import { GET as readPage } from "../../conversations/[id]/messages/route";
import { POST as branchOff } from "./branch/route";
import { DELETE, PATCH } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

const published = vi.hoisted((): { userId: string; event: AccountEvent }[] => []);
vi.mock("@/lib/server/events/publish", () => ({
  publishEvent: (userId: string, event: AccountEvent) => published.push({ userId, event }),
}));

useTestDatabase();

let actor: Actor;
let browser: Browser;

beforeEach(async () => {
  actor = await makeUser();
  browser = openBrowser();
  browser.jar.set(
    sessionCookieName(),
    await writeSessionToken({ userId: actor.userId, version: 0 }),
  );
  published.length = 0;
});

async function patch(id: string, body: unknown) {
  const response = await browser.call(PATCH, `/api/messages/${id}`, {
    method: "PATCH",
    params: { id },
    body,
  });
  return { status: response.status, json: (await response.json()) as Message };
}

async function read(handler: Parameters<Browser["call"]>[0], id: string, query: string) {
  const response = await browser.call(handler, `/api/conversations/${id}/x${query}`, {
    params: { id },
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const tree = { q1: null, a1: "q1", b1: "q1" };

describe("PATCH /api/messages/:id", () => {
  it("answers with the message as it is now, and tells the account's browsers", async () => {
    const { conversationId, idOf, branch } = await plantTree(actor, tree);
    const chosen = await patch(idOf("a1"), { isChosen: true });
    expect(chosen).toMatchObject({
      status: 200,
      json: { id: idOf("a1"), siblingIds: [idOf("a1"), idOf("b1")] },
    });
    expect(await branch()).toEqual(["q1", "a1"]);
    const edited = await patch(idOf("a1"), { text: "Better" });
    expect(edited.json).toMatchObject({ isEdited: true, parentId: idOf("q1") });
    expect(edited.json.siblingIds).toEqual([idOf("a1"), idOf("b1"), edited.json.id]);
    expect((await patch(idOf("q1"), { context: "pinned" })).json.context).toBe("pinned");
    expect(published).toEqual(
      Array.from({ length: 3 }, () => ({
        userId: actor.userId,
        event: { type: "messages-changed", conversationId },
      })),
    );
  });

  it.each([
    [{}],
    [{ isChosen: false }],
    [{ isChosen: true, context: "auto" }],
    [{ isDeleted: true }],
    [{ context: "hidden" }],
    [{ text: " \n " }],
    [{ role: "user" }],
  ])("takes one change that makes sense: not %j", async (body) => {
    const { idOf } = await plantTree(actor, tree);
    expect((await patch(idOf("a1"), body)).status).toBe(400);
    expect(published).toEqual([]);
  });

  it("takes a text as long as a message may be", async () => {
    const { idOf } = await plantTree(actor, tree);
    expect((await patch(idOf("a1"), { text: "长".repeat(300_000) })).status).toBe(200);
    expect((await patch(idOf("a1"), { text: "a".repeat(400_001) })).status).toBe(400);
  });
});

describe("DELETE /api/messages/:id", () => {
  it("can be undone", async () => {
    const { idOf, branch } = await plantTree(actor, tree);
    const params = { id: idOf("b1") };
    const path = `/api/messages/${params.id}`;
    const first = await browser.call(DELETE, path, { method: "DELETE", params });
    expect(first.status).toBe(204);
    expect(await branch()).toEqual(["q1", "a1"]);
    const second = await browser.call(DELETE, path, { method: "DELETE", params });
    expect(second.status).toBe(404);
    expect((await patch(params.id, { isDeleted: false })).status).toBe(200);
    expect(await branch()).toEqual(["q1", "b1"]);
    expect(published).toHaveLength(2);
  });
});

describe("POST /api/messages/:id/branch", () => {
  it("answers with the new conversation, and tells the account's browsers", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    const params = { id: idOf("a1") };
    const response = await browser.call(branchOff, `/api/messages/${params.id}/branch`, {
      method: "POST",
      params,
    });
    const conversation = (await response.json()) as { id: string };
    expect(conversation).toMatchObject({ title: "A tree", isAnswering: false });
    expect(conversation.id).not.toBe(conversationId);
    expect(published).toEqual([
      { userId: actor.userId, event: { type: "conversation", conversation } },
    ]);
  });
});

describe("a conversation", () => {
  it("is read around one place, and not two", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    const id = idOf("q1");
    const page = await read(readPage, conversationId, `?around=${id}&limit=1`);
    expect(page.json).toMatchObject({ messages: [{ id }], before: null, after: id });
    const both = await read(readPage, conversationId, `?around=${id}&before=${id}`);
    expect(both.status).toBe(400);
  });

  it("is searched for something, not for nothing", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    const found = await read(findText, conversationId, "?query=TEXT%20of%20b");
    expect(found.json).toEqual({
      matches: [{ messageId: idOf("b1"), role: "assistant", excerpt: "text of b1" }],
      isCut: false,
    });
    for (const query of ["", "?query=", "?query=%20", `?query=${"a".repeat(201)}`])
      expect((await read(findText, conversationId, query)).status).toBe(400);
  });
});

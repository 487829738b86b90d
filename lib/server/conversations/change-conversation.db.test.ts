import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountEvent } from "@/lib/contracts/events";
import { db } from "../db/client";
import { requireConversation } from "../db/conversations";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { changeConversation } from "./change-conversation";

const published = vi.hoisted((): { userId: string; event: AccountEvent }[] => []);
vi.mock("../events/publish", () => ({
  publishEvent: (userId: string, event: AccountEvent) => published.push({ userId, event }),
}));

useTestDatabase();

beforeEach(() => {
  published.length = 0;
});

async function makeConversation() {
  const actor = await makeUser();
  const id = newId();
  await db().conversation.create({ data: { id, userId: actor.userId, title: "T" } });
  return { actor, id };
}

const typesOf = () => published.map(({ event }) => event.type);

describe("a conversation's settings", () => {
  it("are kept, and the owner's other browsers hear of it", async () => {
    const { actor, id } = await makeConversation();
    const parameters = {
      temperature: 0.3,
      stop: ["\n"],
      responseFormat: {
        type: "json_schema" as const,
        name: "answer",
        schema: { type: "object", properties: { city: { type: "string" } } },
      },
    };
    await changeConversation(actor, id, { parameters });
    expect((await requireConversation(actor, id)).parameters).toEqual(parameters);
    expect(published.at(-1)).toEqual({
      userId: actor.userId,
      event: { type: "settings-changed", conversationId: id },
    });
    await changeConversation(actor, id, { parameters: null });
    expect((await requireConversation(actor, id)).parameters).toBeNull();
  });

  it("have the context policy among them", async () => {
    const { actor, id } = await makeConversation();
    const contextPolicy = { kind: "rounds" as const, rounds: 3, tokens: 32_000 };
    await changeConversation(actor, id, { contextPolicy });
    expect(typesOf()).toEqual(["conversation", "settings-changed"]);
    await changeConversation(actor, id, { contextPolicy: null });
    expect((await requireConversation(actor, id)).contextPolicy).toBeNull();
  });

  it("are not what a new title is about", async () => {
    const { actor, id } = await makeConversation();
    await changeConversation(actor, id, { title: "Another" });
    expect(typesOf()).toEqual(["conversation"]);
  });

  it("of somebody else are neither changed nor spoken of", async () => {
    const { actor, id } = await makeConversation();
    const other = await makeUser();
    const change = changeConversation(other, id, { parameters: { seed: 1 } });
    await expect(change).rejects.toMatchObject({ code: "not_found" });
    expect((await requireConversation(actor, id)).parameters).toBeNull();
    expect(published).toEqual([]);
  });
});

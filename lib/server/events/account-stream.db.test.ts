import { beforeEach, describe, expect, it, vi } from "vitest";
import { accountEventSchema, type AccountEvent } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/actor";
import { useTurns } from "../turn/testing-turns";
import { changeConversation } from "../conversations/change-conversation";
import { db } from "../db/client";
import { makeUser } from "../db/testing";
import { newId } from "../ids";
import { removeConversation } from "../turn/remove-conversation";
import { streamAccountEvents } from "./account-stream";
import { checkSessionsOf, countStreamsOf } from "./open-streams";
import { publishEvent, publishSessionsEnded, publishSignOut } from "./publish";

const { turns, useModel, submit } = useTurns();

let me: Actor;

beforeEach(() => {
  me = turns.actor;
});

/** Reads a stream of the actor's events in the background. */
function follow(actor: Actor, sessionKey = "this browser") {
  const stream = streamAccountEvents({ userId: actor.userId, version: 0, sessionKey });
  const reader = stream.getReader();
  const events: AccountEvent[] = [];
  const state = { isOver: false };
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const line of new TextDecoder().decode(value).split("\n"))
        if (line.startsWith("data: "))
          events.push(accountEventSchema.parse(JSON.parse(line.slice(6))));
    }
    state.isOver = true;
  };
  void read();
  return { events, state, leave: () => reader.cancel() };
}

const typesOf = (events: AccountEvent[]) => events.map(({ type }) => type);

describe("what an account's browsers hear", () => {
  it("begins with the build that serves", async () => {
    const { events, leave } = follow(me);
    await vi.waitFor(() =>
      expect(events).toEqual([{ type: "hello", build: "development", userId: me.userId }]),
    );
    await leave();
  });

  it("is a turn's beginning and end, with its title and whether it is answered", async () => {
    const { events, leave } = follow(me);
    const id = newId();
    await (await submit(id, "A question")).text();
    await vi.waitFor(() => expect(events).toHaveLength(3));
    expect(events.slice(1)).toEqual([
      {
        type: "conversation",
        conversation: { id, title: "A question", updatedAt: expect.any(String), isAnswering: true },
      },
      {
        type: "conversation",
        conversation: {
          id,
          title: "A question",
          updatedAt: expect.any(String),
          isAnswering: false,
        },
      },
    ]);
    await leave();
  });

  it("is a rename, a deletion and its undoing", async () => {
    const id = newId();
    await (await submit(id, "A question")).text();
    const { events, leave } = follow(me);
    await changeConversation(me, id, { title: "Renamed" });
    await removeConversation(me, id);
    await changeConversation(me, id, { isDeleted: false });
    await vi.waitFor(() => expect(typesOf(events).at(-1)).toBe("conversation"));
    const [, renamed, removed, restored] = events.filter(
      (event) => event.type !== "conversation" || event.conversation.title === "Renamed",
    );
    expect(renamed).toMatchObject({ type: "conversation", conversation: { id, title: "Renamed" } });
    expect(removed).toEqual({ type: "conversation-removed", id });
    expect(restored).toMatchObject({ type: "conversation", conversation: { id } });
    await leave();
  });

  it("is nothing of anybody else's", async () => {
    const somebody = follow(await makeUser());
    const id = newId();
    await (await submit(id, "Mine alone")).text();
    await changeConversation(me, id, { title: "Still mine" });
    await vi.waitFor(() => expect(somebody.events).toHaveLength(1));
    expect(JSON.stringify(somebody.events)).not.toMatch(/ine/);
    await somebody.leave();
  });

  it("does not say that a deleted conversation is answered when its end comes late", async () => {
    await useModel("gate");
    const id = newId();
    const answering = await submit(id, "Delete me meanwhile");
    const { events, leave } = follow(me);
    await removeConversation(me, id);
    await answering.body?.cancel();
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: "conversation-removed", id }));
    await leave();
  });
});

describe("a reader", () => {
  it("that falls behind is told to read the lists again, and costs no memory", async () => {
    const stream = streamAccountEvents({ userId: me.userId, version: 0, sessionKey: "slow" });
    for (let index = 0; index < 5_000; index += 1)
      publishEvent(me.userId, { type: "conversation-removed", id: String(index) });
    const reader = stream.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    const second = new TextDecoder().decode((await reader.read()).value);
    expect(first).toContain('"hello"');
    expect(second.startsWith('data: {"type":"hello"')).toBe(true);
    expect(second.split("\n\n").length).toBeLessThan(110);
    expect(second).toContain('"id":"4999"');
    await reader.cancel();
  });

  it("that leaves is forgotten", async () => {
    const { leave } = follow(me);
    expect(countStreamsOf(me.userId)).toBe(1);
    await leave();
    expect(countStreamsOf(me.userId)).toBe(0);
    expect(() => publishEvent(me.userId, { type: "conversation-removed", id: "x" })).not.toThrow();
  });

  it("is refused when the account has too many", async () => {
    const open = Array.from({ length: 30 }, () => follow(me));
    expect(() => follow(me)).toThrow("rate_limited");
    const other = follow(await makeUser());
    for (const { leave } of [...open, other]) await leave();
  });
});

describe("the stream ends", () => {
  it("at once when the sessions of the account end, and not for a demotion of somebody else", async () => {
    const mine = follow(me);
    const other = follow(await makeUser());
    await db().user.update({
      where: { id: me.userId },
      data: { sessionVersion: { increment: 1 } },
    });
    publishSessionsEnded(me.userId);
    await vi.waitFor(() => expect(mine.state.isOver).toBe(true));
    expect(other.state.isOver).toBe(false);
    await other.leave();
  });

  it("for a deactivated account, also when nobody said so", async () => {
    const mine = follow(me);
    await db().user.update({ where: { id: me.userId }, data: { isActive: false } });
    await checkSessionsOf(me.userId);
    await vi.waitFor(() => expect(mine.state.isOver).toBe(true));
    expect(countStreamsOf(me.userId)).toBe(0);
  });

  it("for the browser that signed out, and for no other of the account", async () => {
    const here = follow(me, "here");
    const there = follow(me, "there");
    publishSignOut(me.userId, "here");
    await vi.waitFor(() => expect(here.state.isOver).toBe(true));
    expect(there.state.isOver).toBe(false);
    await there.leave();
  });

  it("not because the database is away", async () => {
    const mine = follow(me);
    const findMany = vi.spyOn(db().user, "findMany").mockRejectedValue(new Error("away"));
    await checkSessionsOf(me.userId);
    expect(mine.state.isOver).toBe(false);
    findMany.mockRestore();
    await mine.leave();
  });
});

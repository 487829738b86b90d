import { beforeEach, describe, expect, it } from "vitest";
import type { MessagesPage } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { deleteMessage } from "./message-deletion";
import { findMessages, requireMessage } from "./messages";
import { makeUser, useTestDatabase } from "./testing";
import { plantLongBranch, plantTree } from "./testing-tree";

useTestDatabase();

let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

const idsOf = (page: MessagesPage) => page.messages.map(({ id }) => id);

describe("findMessages", () => {
  it("gives the end first, then the pages before it, without a gap", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 25);
    const pages: string[][] = [];
    let before: string | undefined;
    do {
      const page = await findMessages(actor, conversationId, { before, limit: 10 });
      pages.unshift(idsOf(page));
      before = page.before ?? undefined;
    } while (before !== undefined);
    expect(pages.map((page) => page.length)).toEqual([5, 10, 10]);
    expect(pages.flat()).toEqual(ids);
  });

  it("leads back down to the end by the cursors after each page", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 25);
    const first = await findMessages(actor, conversationId, { around: ids[0], limit: 10 });
    const pages = [idsOf(first)];
    let after = first.after ?? undefined;
    while (after !== undefined) {
      const page = await findMessages(actor, conversationId, { after, limit: 10 });
      expect(page.before).toBe(idsOf(page)[0]);
      pages.push(idsOf(page));
      after = page.after ?? undefined;
    }
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(ids);
  });

  it("has nothing after the end and nothing before the start", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 5);
    const nothing = { messages: [], before: null, after: null };
    expect(await findMessages(actor, conversationId, { after: ids[4], limit: 10 })).toEqual(
      nothing,
    );
    expect(await findMessages(actor, conversationId, { before: ids[0], limit: 10 })).toEqual(
      nothing,
    );
    const whole = await findMessages(actor, conversationId, { limit: 10 });
    expect(whole).toMatchObject({ before: null, after: null });
  });

  it("says of a page before another that there is more after it", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 9);
    const page = await findMessages(actor, conversationId, { before: ids[6], limit: 3 });
    expect(idsOf(page)).toEqual(ids.slice(3, 6));
    expect(page).toMatchObject({ before: ids[3], after: ids[5] });
  });

  it.each([
    [10, 8, 13],
    [0, 0, 5],
    [1, 0, 5],
    [19, 15, 20],
    [18, 15, 20],
  ])("puts message %i into the middle as far as there is enough", async (at, start, end) => {
    const { conversationId, ids } = await plantLongBranch(actor, 20);
    const page = await findMessages(actor, conversationId, { around: ids[at], limit: 5 });
    const expected = ids.slice(start, end);
    expect(idsOf(page)).toEqual(expected);
    expect(page.before).toBe(expected[0] === ids[0] ? null : expected[0]);
    expect(page.after).toBe(expected.at(-1) === ids.at(-1) ? null : expected.at(-1));
  });

  it("holds the whole of a short conversation around any of its messages", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, 3);
    for (const around of ids)
      expect(idsOf(await findMessages(actor, conversationId, { around, limit: 30 }))).toEqual(ids);
    const [, middle] = ids;
    expect(idsOf(await findMessages(actor, conversationId, { around: middle, limit: 1 }))).toEqual([
      middle,
    ]);
  });

  it("gives the newest page for a cursor that leads nowhere", async () => {
    const { conversationId, idOf, branch } = await plantTree(
      actor,
      { q1: null, a1: "q1", q2: "a1", a2: "q2", b1: "q1", q3: "b1", a3: "q3" },
      { leaf: "a2" },
    );
    const { ids: others } = await plantLongBranch(actor, 3);
    const newest = await findMessages(actor, conversationId, { limit: 3 });
    await deleteMessage(actor, idOf("q3"));
    for (const cursor of [newId(), others[1], idOf("q3")]) {
      for (const query of [{ before: cursor }, { after: cursor }, { around: cursor }])
        expect(await findMessages(actor, conversationId, { ...query, limit: 3 })).toEqual(newest);
    }
    for (const query of [{ after: idOf("b1") }, { around: idOf("b1") }])
      expect(await findMessages(actor, conversationId, { ...query, limit: 3 })).toEqual(newest);
    expect(await branch()).toEqual(["q1", "a1", "q2", "a2"]);
  });

  it("names the alternatives at each place, oldest first, the first message's too", async () => {
    const { shown, idOf } = await plantTree(actor, {
      q1: null,
      a1: "q1",
      q2: null,
      b1: "q1",
      a2: "q2",
      b2: "q2",
    });
    await plantTree(actor, { q1: null });
    expect((await shown("q2"))?.siblingIds).toEqual([idOf("q1"), idOf("q2")]);
    expect((await shown("b2"))?.siblingIds).toEqual([idOf("a2"), idOf("b2")]);
    await deleteMessage(actor, idOf("q1"));
    await deleteMessage(actor, idOf("a2"));
    expect((await shown("q2"))?.siblingIds).toEqual([idOf("q2")]);
    expect((await shown("b2"))?.siblingIds).toEqual([idOf("b2")]);
  });

  it("is empty for a conversation without messages, and nothing for somebody else", async () => {
    const { conversationId } = await plantTree(actor, {});
    expect(await findMessages(actor, conversationId, { limit: 5 })).toEqual({
      messages: [],
      before: null,
      after: null,
    });
    const other = await makeUser({ role: "admin" });
    for (const query of [{}, { after: newId() }, { around: newId() }, { before: newId() }])
      await expect(
        findMessages(other, conversationId, { ...query, limit: 5 }),
      ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("requireMessage", () => {
  it("finds a message of one's own, in its conversation or in any", async () => {
    const { conversationId, idOf } = await plantTree(actor, { q1: null, a1: "q1" });
    const id = idOf("a1");
    expect(await requireMessage(actor, conversationId, id)).toMatchObject({ id, model: "A model" });
    expect(await requireMessage(actor, null, id)).toMatchObject({ id });
    const refused = { code: "not_found" };
    await expect(requireMessage(actor, newId(), id)).rejects.toMatchObject(refused);
    await expect(requireMessage(await makeUser(), null, id)).rejects.toMatchObject(refused);
    await deleteMessage(actor, id);
    await expect(requireMessage(actor, conversationId, id)).rejects.toMatchObject(refused);
  });
});

import { describe, expect, it } from "vitest";
import { bringToTop, mergeFirstPage, mergeNextPage, placeInOrder } from "./conversation-list";

const at = (id: string, minute: number) => ({
  id,
  title: `title ${id}`,
  updatedAt: `2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z`,
  isAnswering: false,
});
const idsOf = ({ conversations }: { conversations: { id: string }[] }) =>
  conversations.map(({ id }) => id).join("");

describe("the list of conversations", () => {
  it("has what was just used at its top, once, with the title it had", () => {
    const list = [at("a", 9), at("b", 8)];
    const touched = bringToTop(list, { ...at("b", 12), title: undefined });
    expect(touched).toEqual([{ ...at("b", 12), title: "title b" }, at("a", 9)]);
  });

  it("has what happened elsewhere where it belongs, once", () => {
    const list = { conversations: [at("a", 9), at("b", 8), at("c", 7)], cursor: "after c" };
    const place = (one: ReturnType<typeof at>) => idsOf({ conversations: placeInOrder(list, one) });
    expect(place(at("c", 12))).toBe("cab");
    expect(place(at("new", 10))).toBe("newabc");
    expect(place({ ...at("b", 8), title: "renamed" })).toBe("abc");
    expect(place({ ...at("c", 7), title: "renamed" })).toBe("abc");
  });

  it("leaves what is older than all that is loaded to the page that brings it", () => {
    const list = { conversations: [at("a", 9)], cursor: "after a" };
    expect(idsOf({ conversations: placeInOrder(list, at("old", 1)) })).toBe("a");
    const whole = { ...list, cursor: null };
    expect(idsOf({ conversations: placeInOrder(whole, at("old", 1)) })).toBe("aold");
  });

  it("grows by a page without showing twice what moved up in the meantime", () => {
    const list = { conversations: [at("c", 9), at("a", 8)], cursor: "after a" };
    const merged = mergeNextPage(list, { conversations: [at("c", 2), at("d", 1)], cursor: null });
    expect(idsOf(merged)).toBe("cad");
    expect(merged.cursor).toBeNull();
  });

  it("takes in what another tab added, renamed and deleted, and keeps the pages below", () => {
    const list = {
      conversations: [at("a", 9), at("b", 8), at("c", 7), at("y", 2), at("z", 1)],
      cursor: "after z",
    };
    const page = {
      conversations: [at("n", 11), { ...at("a", 9), title: "new" }, at("c", 7)],
      cursor: "after c",
    };
    const merged = mergeFirstPage(list, page, at("", 20).updatedAt);
    expect(idsOf(merged)).toBe("nacyz");
    expect(merged.conversations[1]?.title).toBe("new");
    expect(merged.cursor).toBe("after z");
  });

  it("keeps a conversation that was started while the server was being asked", () => {
    const list = { conversations: [at("s", 15), at("a", 9)], cursor: null };
    const merged = mergeFirstPage(
      list,
      { conversations: [at("a", 9)], cursor: null },
      at("", 14).updatedAt,
    );
    expect(idsOf(merged)).toBe("sa");
  });

  it("learns the title of one that was used before it was loaded", () => {
    const list = { conversations: [{ ...at("o", 15), title: "" }, at("a", 9)], cursor: null };
    const page = { conversations: [at("o", 14), at("a", 9)], cursor: null };
    const [first] = mergeFirstPage(list, page, at("", 14).updatedAt).conversations;
    expect(first).toEqual(at("o", 15));
  });

  it("is empty when the server says that nothing is left", () => {
    const list = { conversations: [at("a", 9)], cursor: null };
    const merged = mergeFirstPage(list, { conversations: [], cursor: null }, at("", 14).updatedAt);
    expect(merged).toEqual({ conversations: [], cursor: null });
  });
});

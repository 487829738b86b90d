import { describe, expect, it } from "vitest";
import { describeRows, findEndLine, toLine } from "./context-plan-line";
import { testBranch } from "./testing-messages";
import { testEntry, testPlan } from "./testing-plan";

const branch = testBranch("u1", "a1", "u2", "a2", "u3", "a3");
const cutAt = (firstSentId: string | null, more: Parameters<typeof testPlan>[0] = {}) =>
  toLine(testPlan({ firstSentId, ...more }));
const left = (id: string) => testEntry(id, { state: "left_out", reason: "over_rounds" });

/** "u1 a1 | u2": the line before u2; what is not sent in brackets. */
function draw(line: ReturnType<typeof toLine> | null, messages = branch) {
  const rows = describeRows(messages, line);
  return messages
    .map(({ id }) => {
      const row = rows.get(id);
      const name = row?.isSent === false ? (row.isSummarised ? `{${id}}` : `(${id})`) : id;
      return row?.line ? `|${row.line}| ${name}` : name;
    })
    .join(" ");
}

describe("the window line among the messages", () => {
  it("lies before the first message that goes along", () => {
    const entries = [left("u1"), left("a1"), testEntry("u2"), testEntry("a2")];
    expect(draw(cutAt("u2", { entries }))).toBe("(u1) (a1) |left_out| u2 a2 u3 a3");
  });

  it("says that what is above is summarised, or that one has let it start here", () => {
    const covered = ["u1", "a1"].map((id) =>
      testEntry(id, { state: "summarised", reason: "summarised" }),
    );
    const entries = [...covered, testEntry("u2")];
    expect(draw(cutAt("u2", { entries, isSummarySent: true }))).toBe(
      "{u1} {a1} |summarised| u2 a2 u3 a3",
    );
    expect(draw(cutAt("u2", { entries: [left("u1"), left("a1")], startId: "u2" }))).toBe(
      "(u1) (a1) |start| u2 a2 u3 a3",
    );
  });

  it("is not there where everything goes along, or nothing is known", () => {
    expect(draw(cutAt("u1"))).toBe("u1 a1 u2 a2 u3 a3");
    expect(draw(cutAt(null))).toBe("u1 a1 u2 a2 u3 a3");
    expect(draw(null)).toBe("u1 a1 u2 a2 u3 a3");
  });

  it("is not there where one has left out the first messages by hand, and nothing else is lost", () => {
    const byHand = (id: string) =>
      testEntry(id, { state: "left_out", reason: "excluded", mark: "excluded" });
    const entries = [byHand("u1"), testEntry("a1"), testEntry("u2")];
    expect(draw(cutAt("a1", { entries }))).toBe("(u1) a1 u2 a2 u3 a3");
    const more = [left("u1"), byHand("a1"), testEntry("u2")];
    expect(draw(cutAt("u2", { entries: more }))).toBe("(u1) (a1) |left_out| u2 a2 u3 a3");
    // Older messages than are loaded may well be lost.
    const page = branch.slice(2);
    expect(draw(cutAt("a2", { entries: [byHand("u2"), testEntry("a2")] }), page)).toBe(
      "(u2) |left_out| a2 u3 a3",
    );
  });

  it("lies at the end where nothing of what was said goes along", () => {
    const entries = branch.map(({ id }) => left(id));
    expect(findEndLine(branch, cutAt(null, { entries }))).toBe("left_out");
    expect(findEndLine(branch, cutAt("u3", { entries }))).toBeNull();
    const byHand = testEntry("a3", { state: "left_out", reason: "excluded", mark: "excluded" });
    expect(findEndLine(branch, cutAt(null, { entries: [byHand] }))).toBeNull();
    expect(findEndLine(branch, null)).toBeNull();
    expect(findEndLine([], cutAt(null))).toBeNull();
  });

  it("what is older than the plan's list is left out where the list has the cut", () => {
    const entries = [left("u2"), left("a2"), testEntry("u3"), testEntry("a3")];
    expect(draw(cutAt("u3", { entries }))).toBe("(u1) (a1) (u2) (a2) |left_out| u3 a3");
    expect(draw(cutAt("u3", { entries }), branch.slice(0, 2))).toBe("(u1) (a1)");
    expect(draw(cutAt("u0", { entries: [testEntry("u2")] }))).toBe("u1 a1 u2 a2 u3 a3");
  });

  it("what is pinned above the line goes along, and an answer without text is no loss", () => {
    const entries = [
      testEntry("u1", { mark: "pinned", reason: "pinned" }),
      testEntry("a1", { state: "left_out", reason: "empty" }),
      testEntry("u2", { state: "left_out", reason: "excluded", mark: "excluded" }),
      testEntry("a2"),
    ];
    const rows = describeRows(branch, cutAt("a2", { entries }));
    expect(draw(cutAt("a2", { entries }))).toBe("u1 a1 (u2) |left_out| a2 u3 a3");
    expect([...rows.values()].map(({ mark }) => mark)).toEqual([
      "pinned",
      "auto",
      "excluded",
      "auto",
      "auto",
      "auto",
    ]);
  });
});

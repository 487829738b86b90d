import { describe, expect, it, vi } from "vitest";
import { followSettings } from "./follow-settings";
import { tellNews } from "./news";

function follow(phase = "idle") {
  const readSettings = vi.fn(() => Promise.resolve());
  const stop = followSettings({
    get: () => ({ id: "c1", isSaved: true, turn: { phase } }),
    readSettings,
  });
  return { readSettings, stop };
}

const answering = (id: string, isAnswering: boolean) => ({
  type: "conversation" as const,
  conversation: { id, title: "T", updatedAt: "2026-01-01T00:00:00.000Z", isAnswering },
});

describe("an open conversation", () => {
  it("reads its settings again when they were changed, and no other's", () => {
    const { readSettings, stop } = follow();
    tellNews({ type: "settings-changed", conversationId: "c2" });
    expect(readSettings).not.toHaveBeenCalled();
    tellNews({ type: "settings-changed", conversationId: "c1" });
    tellNews({ type: "missed" });
    expect(readSettings).toHaveBeenCalledTimes(2);
    stop();
    tellNews({ type: "settings-changed", conversationId: "c1" });
    expect(readSettings).toHaveBeenCalledTimes(2);
  });

  it("reads them when a message is sent elsewhere, and not for a turn of its own", () => {
    const { readSettings, stop } = follow();
    tellNews(answering("c1", false));
    expect(readSettings).not.toHaveBeenCalled();
    tellNews(answering("c1", true));
    expect(readSettings).toHaveBeenCalledTimes(1);
    stop();
    const own = follow("answering");
    tellNews(answering("c1", true));
    expect(own.readSettings).not.toHaveBeenCalled();
    own.stop();
  });
});

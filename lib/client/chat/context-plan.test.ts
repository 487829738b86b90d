import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../api";
import { testBranch } from "./testing-messages";
import { testEntry, testPlan } from "./testing-plan";
import { openPlan, readyPlan } from "./testing-plan-store";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("asking for the plan", () => {
  it("asks for nothing before a composer is there, and once when it is", async () => {
    const { plan, asked, attach } = openPlan();
    plan.setModel("alias-1");
    plan.noteDraft(3);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(0);
    attach();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.map(({ id, question }) => [id, question])).toEqual([
      ["conversation-1", { model: "alias-1" }],
    ]);
  });

  it("asks once for an empty new conversation, with the settings that only the page knows", async () => {
    const contextPolicy = { kind: "window", rounds: 10, tokens: 8_000 } as const;
    const { asked } = await readyPlan({ contextPolicy });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.map(({ question }) => question)).toEqual([{ settings: { contextPolicy } }]);
  });

  it("asks for all models that answer side by side, again when one goes, and for one alone as ever", async () => {
    const { store, plan, asked, at } = await readyPlan();
    plan.setModel("alias-1");
    store.patch({ compared: ["alias-2", "alias-3", "alias-4"] });
    await vi.advanceTimersByTimeAsync(100);
    await at(1).answer();
    // Nothing of what is asked changes by it.
    plan.setModel("alias-9");
    await vi.advanceTimersByTimeAsync(100);
    store.patch({ compared: ["alias-2", "alias-4"] });
    await vi.advanceTimersByTimeAsync(100);
    await at(2).answer();
    store.patch({ compared: [] });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.map(({ question }) => question)).toEqual([
      {},
      { compare: ["alias-2", "alias-3", "alias-4"] },
      { compare: ["alias-2", "alias-4"] },
      { model: "alias-9" },
    ]);
  });

  it("waits for a rest in the typing and sends the text as it is then", async () => {
    const { asked, type } = await readyPlan();
    for (const text of ["w", "wh", "wha", "what"]) {
      type(text);
      await vi.advanceTimersByTimeAsync(150);
    }
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.map(({ question }) => question.text)).toEqual([undefined, "what"]);
  });

  it("waits for a longer rest where the text is long", async () => {
    const { asked, type } = await readyPlan();
    type("x".repeat(100_001));
    await vi.advanceTimersByTimeAsync(900);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(2);
  });

  it("gives up what is under way for what is newer, and takes nothing late from it", async () => {
    const { plan, at, asked, type } = await readyPlan();
    type("one");
    await vi.advanceTimersByTimeAsync(250);
    type("one and two");
    await vi.advanceTimersByTimeAsync(250);
    expect(asked).toHaveLength(3);
    expect(at(1).signal.aborted).toBe(true);
    await at(1).answer(testPlan({ inputTokens: 1 }));
    expect(plan.state.get()).toMatchObject({ isCurrent: false, failure: null });
    await at(2).answer(testPlan({ inputTokens: 2 }));
    expect(plan.state.get()).toMatchObject({ isCurrent: true, plan: { inputTokens: 2 } });
  });

  it("asks again when model, settings, branch or marks change, once for changes in a row", async () => {
    const { store, plan, asked, at, hear } = await readyPlan();
    plan.setModel("alias-2");
    store.patch({ systemPrompt: "Be brief" });
    store.patch({ parameters: { maxOutputTokens: 100 } });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
    await at(1).answer();
    store.patch({ messages: testBranch("u1", "a2") });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(3);
    await at(2).answer();
    hear({ type: "messages-changed", conversationId: "conversation-1" });
    hear({ type: "messages-changed", conversationId: "another" });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(4);
  });

  it("asks when a turn has begun and when it has ended, and not while it is on its way or streams", async () => {
    const { store, asked, at } = await readyPlan();
    store.patch({
      messages: testBranch("u1", "a1", "u2"),
      turn: { phase: "sending", sinceMs: 0, replacesId: null, sizeBefore: 0 },
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toHaveLength(1);
    const answering = { phase: "answering", sinceMs: 0, sizeBefore: 0 } as const;
    const [u1, a1, u2, a2] = testBranch("u1", "a1", "u2", "a2");
    if (!u1 || !a1 || !u2 || !a2) throw new Error("A branch of four");
    const live = { ...a2, status: "streaming" } as const;
    store.patch({
      messages: [u1, a1, u2, live],
      turn: { ...answering, generationId: "g", retry: null },
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
    await at(1).answer();
    for (let paint = 0; paint < 20; paint += 1) {
      store.patch({ messages: [u1, a1, u2, { ...live, parts: [{ type: "text", text: "…" }] }] });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(asked).toHaveLength(2);
    store.patch({ messages: [u1, a1, u2, a2], turn: { phase: "idle" } });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(3);
  });

  it("asks nothing while nobody sees the page or the server is away, and once on return", async () => {
    const { asked, type, setAway, hear } = await readyPlan();
    setAway(true);
    type("written offline");
    hear({ type: "missed" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    setAway(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    setAway(true);
    setAway(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });

  it("asks anew for who comes from elsewhere, since an admin may have changed a budget, and shows what it has until then", async () => {
    const { plan, asked, at, focus, hear, detach } = await readyPlan();
    focus();
    focus();
    await vi.advanceTimersByTimeAsync(100);
    focus();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
    expect(plan.state.get()).toMatchObject({ isCurrent: true, failure: null });
    await at(1).answer(testPlan({ inputTokens: 2 }));
    expect(plan.state.get()).toMatchObject({ isCurrent: true, plan: { inputTokens: 2 } });
    hear({ type: "alerts-changed" });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(3);
    await at(2).answer();
    detach();
    focus();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
  });

  it("keeps to the rest in the typing when somebody comes from elsewhere meanwhile", async () => {
    const { asked, type, focus } = await readyPlan();
    type("half a word");
    focus();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(150);
    expect(asked).toHaveLength(2);
  });

  it("tries again by itself after a fault that passes, ever later, and not after others", async () => {
    const { plan, asked, at } = await readyPlan();
    plan.refresh();
    await vi.advanceTimersByTimeAsync(100);
    await at(1).fail(new ApiError("offline", null, 0));
    expect(plan.state.get().failure?.code).toBe("offline");
    expect(plan.state.get().plan).not.toBeNull();
    await vi.advanceTimersByTimeAsync(2_100);
    expect(asked).toHaveLength(3);
    await at(2).fail(new ApiError("database_unavailable", null, 503));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(asked).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(asked).toHaveLength(4);
    await at(3).fail(new ApiError("rate_limited", { retryAfterSeconds: 20 }, 429));
    await vi.advanceTimersByTimeAsync(19_000);
    expect(asked).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(asked).toHaveLength(5);
    await at(4).fail(new ApiError("not_found", null, 404));
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(5);
  });

  it("ends with the composer", async () => {
    const { asked, type, at, detach } = await readyPlan();
    type("half a sentence");
    await vi.advanceTimersByTimeAsync(250);
    detach();
    type("more");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    expect(at(1).signal.aborted).toBe(true);
  });
});

describe("what is shown meanwhile", () => {
  it("the draft's tokens follow what is typed before the server has counted it", async () => {
    const { plan, type, at } = await readyPlan();
    type("four");
    expect(plan.state.get()).toMatchObject({ draftTokens: 0, isCurrent: false });
    await vi.advanceTimersByTimeAsync(100);
    expect(plan.state.get().draftTokens).toBe(4);
    await vi.advanceTimersByTimeAsync(150);
    const { parts } = testPlan();
    await at(1).answer(testPlan({ parts: { ...parts, draft: 9 } }));
    expect(plan.state.get()).toMatchObject({ draftTokens: 9, isCurrent: true });
    type("four more");
    await vi.advanceTimersByTimeAsync(100);
    expect(plan.state.get().draftTokens).toBe(14);
    type("");
    await vi.advanceTimersByTimeAsync(100);
    expect(plan.state.get().draftTokens).toBe(0);
  });

  it("a message on its way still counts until the plan has it", async () => {
    const { store, plan, type } = await readyPlan();
    type("hello");
    await vi.advanceTimersByTimeAsync(100);
    store.patch({ turn: { phase: "sending", sinceMs: 0, replacesId: null, sizeBefore: 0 } });
    type("");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(plan.state.get().draftTokens).toBe(5);
  });

  it("drops a plan of what was there before", async () => {
    const { plan, at, store } = await readyPlan();
    plan.refresh();
    await vi.advanceTimersByTimeAsync(100);
    store.patch({ modelId: "alias-1", messages: testBranch("u1", "a9") });
    await at(1).answer(testPlan({ inputTokens: 77 }));
    expect(plan.state.get().plan?.inputTokens).not.toBe(77);
  });

  it("the window line stays while one types, and moves with turns and marks", async () => {
    const { plan, at, type } = await readyPlan();
    const withCut = (firstSentId: string) =>
      testPlan({ firstSentId, entries: [testEntry("u1"), testEntry("a1")] });
    plan.refresh();
    await vi.advanceTimersByTimeAsync(100);
    await at(1).answer(withCut("u1"));
    expect(plan.state.get().line?.firstSentId).toBe("u1");
    type("a long draft");
    await vi.advanceTimersByTimeAsync(250);
    await at(2).answer(withCut("a1"));
    expect(plan.state.get().line?.firstSentId).toBe("u1");
    plan.refresh();
    await vi.advanceTimersByTimeAsync(100);
    await at(3).answer(withCut("a1"));
    expect(plan.state.get().line?.firstSentId).toBe("a1");
  });
});

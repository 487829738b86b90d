import { expect, test, vi } from "vitest";
import type { Summary, SummaryAnswer } from "@/lib/contracts/context";
import { ApiError } from "../api";
import type { SummaryApi } from "./summary-api";
import { createSummaryStore } from "./summary-store";

const summary = (id: string, text = "They met in spring."): Summary => ({
  id,
  text,
  tokens: 6,
  coversToId: "message-4",
  coveredCount: 4,
  source: "model",
  modelLabel: "Small",
  carriedFrom: null,
  isStale: false,
  createdAt: "2026-05-01T08:00:00.000Z",
});

const answer = (more: Partial<SummaryAnswer> = {}): SummaryAnswer => ({
  summary: summary("one"),
  isOff: false,
  isRunning: false,
  failure: null,
  ...more,
});

function createKept() {
  const kept = new Map<string, string>();
  return {
    kept,
    readDraft: (key: string) => kept.get(key) ?? "",
    writeDraft: (key: string, text: string) => {
      if (text === "") kept.delete(key);
      else kept.set(key, text);
      return true;
    },
  };
}

function open(api: Partial<SummaryApi>, drafts = createKept()) {
  const onChanged = vi.fn();
  const unexpected = () => Promise.reject(new Error("not expected"));
  const store = createSummaryStore({
    readId: () => "conversation-1",
    api: { read: unexpected, change: unexpected, make: unexpected, ...api },
    drafts,
    nowMs: () => 1000,
    onChanged,
  });
  return { store, onChanged };
}

/** An answer that comes when one says so. */
function later<Value>() {
  let settle: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

test("what was written stays when it can't be saved, and is saved at the next try", async () => {
  const change = vi
    .fn<SummaryApi["change"]>()
    .mockRejectedValueOnce(new ApiError("offline", null, 0))
    .mockResolvedValueOnce(answer({ summary: summary("two", "They met in May.") }));
  const { store, onChanged } = open({ change });
  store.edit("They met in May.");
  expect(await store.saveDraft()).toBe(false);
  expect(store.state.get()).toMatchObject({
    draft: "They met in May.",
    isSaving: false,
    failure: { code: "offline" },
  });
  expect(onChanged).not.toHaveBeenCalled();
  expect(await store.saveDraft()).toBe(true);
  expect(store.state.get()).toMatchObject({ draft: null, failure: null });
  expect(change).toHaveBeenLastCalledWith("conversation-1", { text: "They met in May." });
  expect(onChanged).toHaveBeenCalledOnce();
});

test("a second wish while one is being made asks nobody", async () => {
  const made = later<SummaryAnswer>();
  const make = vi.fn<SummaryApi["make"]>().mockReturnValue(made.promise);
  const { store } = open({ make });
  const first = store.make("small");
  expect(store.state.get().makingSinceMs).toBe(1000);
  expect(await store.make(null)).toBe(false);
  made.settle(answer({ summary: summary("two") }));
  expect(await first).toBe(true);
  expect(make).toHaveBeenCalledOnce();
  expect(store.state.get()).toMatchObject({
    makingSinceMs: null,
    answer: { summary: { id: "two" } },
  });
});

test("a failed attempt keeps the summary that was there and says why", async () => {
  const failure = new ApiError("summary_failed", { reason: "empty" }, 502);
  const { store } = open({
    read: () => Promise.resolve(answer()),
    make: () => Promise.reject(failure),
  });
  expect(await store.make(null)).toBe(false);
  expect(store.state.get()).toMatchObject({
    answer: { summary: { id: "one" } },
    failure: { code: "summary_failed", details: { reason: "empty" } },
    makingSinceMs: null,
  });
});

test("where another tab is making one, that is shown in place of an error", async () => {
  const { store } = open({
    read: () => Promise.resolve(answer({ isRunning: true })),
    make: () => Promise.reject(new ApiError("conflict", null, 409)),
  });
  await store.make(null);
  expect(store.state.get()).toMatchObject({ answer: { isRunning: true }, failure: null });
});

test("what was asked for earlier does not take the place of what came of a change", async () => {
  const slow = later<SummaryAnswer>();
  const { store } = open({
    read: () => slow.promise,
    change: () => Promise.resolve(answer({ isOff: true })),
  });
  const reading = store.read();
  expect(await store.setOff(true)).toBe(true);
  slow.settle(answer());
  await reading;
  expect(store.state.get().answer?.isOff).toBe(true);
});

test("a change is undone by bringing back the summary from before it", async () => {
  const change = vi.fn<SummaryApi["change"]>().mockResolvedValue(answer());
  const { store } = open({ change });
  expect(await store.restore(summary("one"))).toBe(true);
  expect(change).toHaveBeenCalledWith("conversation-1", { restoreId: "one" });
});

test("what can't be read says why, and keeps what was known", async () => {
  const read = vi
    .fn<SummaryApi["read"]>()
    .mockResolvedValueOnce(answer())
    .mockRejectedValueOnce(new ApiError("offline", null, 0));
  const { store } = open({ read });
  await store.read();
  await store.read();
  expect(store.state.get()).toMatchObject({
    answer: { summary: { id: "one" } },
    readFailure: { code: "offline" },
  });
});

test("what was being written is offered again after a reload, where its summary still stands", async () => {
  const drafts = createKept();
  const read = () => Promise.resolve(answer());
  const first = open({ read }, drafts).store;
  await first.read();
  first.edit("They met in May.");

  const reloaded = open({ read }, drafts).store;
  await reloaded.read();
  expect(reloaded.state.get().draft).toBe("They met in May.");
  expect(reloaded.isResumed()).toBe(true);

  const other = () => Promise.resolve(answer({ summary: summary("other") }));
  const elsewhere = open({ read: other }, drafts).store;
  await elsewhere.read();
  expect(elsewhere.state.get().draft).toBeNull();
});

test("what was saved, given up or not changed is not kept", async () => {
  const drafts = createKept();
  const read = () => Promise.resolve(answer());
  const change = () => Promise.resolve(answer({ summary: summary("two", "They met in May.") }));
  const { store } = open({ read, change }, drafts);
  await store.read();
  store.edit("They met in spring.");
  expect(drafts.kept.size).toBe(0);
  store.edit("Never mind.");
  store.edit(null);
  expect(drafts.kept.size).toBe(0);
  await store.read();
  expect(store.state.get().draft).toBeNull();
  store.edit("They met in May.");
  expect(await store.saveDraft()).toBe(true);
  expect(drafts.kept.size).toBe(0);
});

test("what is being written goes on under a summary that was made meanwhile", async () => {
  const drafts = createKept();
  const read = vi
    .fn<SummaryApi["read"]>()
    .mockResolvedValueOnce(answer())
    .mockResolvedValue(answer({ summary: summary("newer") }));
  const { store } = open({ read }, drafts);
  await store.read();
  store.edit("They met in May.");
  await store.read();
  expect(store.state.get().draft).toBe("They met in May.");
  const reloaded = open({ read }, drafts).store;
  await reloaded.read();
  expect(reloaded.state.get().draft).toBe("They met in May.");
  expect(drafts.kept.size).toBe(1);
});

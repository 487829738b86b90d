import { describe, expect, it } from "vitest";
import type { FilePart } from "@/lib/contracts/attachments";
import { ApiError } from "../api";
import { createAttachmentTray, type TrayTools } from "./attachment-tray";

const part = (name: string): FilePart => ({
  type: "file",
  url: `/api/attachments/${name}`,
  mediaType: "image/png",
});
const file = (name: string, type = "image/png") => new File(["x"], name, { type });

type Upload = {
  name: string;
  signal: AbortSignal;
  resolve: (part: FilePart) => void;
  reject: (error: unknown) => void;
  report: (progress: number) => void;
};

function setUp(initial: FilePart[] = []) {
  const uploads: Upload[] = [];
  const log = { kept: [] as string[][], discarded: [] as string[], closed: [] as string[] };
  const waits: (() => void)[] = [];
  let keys = 0;
  const tools: TrayTools = {
    upload: (_, name, report, signal) =>
      new Promise((resolve, reject) => {
        uploads.push({ name, signal, resolve, reject, report });
        signal.addEventListener("abort", () => {
          reject(new DOMException("stopped", "AbortError"));
        });
      }),
    shrink: (picked) => Promise.resolve(picked),
    isGone: ({ url }) => Promise.resolve(url.endsWith("/gone")),
    discard: ({ url }) => log.discarded.push(url),
    openPreview: ({ name }) => `blob:${name}`,
    closePreview: (url) => log.closed.push(url),
    keep: (images) => log.kept.push(images.map(({ url }) => url)),
    newKey: () => `key-${String((keys += 1))}`,
    random: () => 0,
    wait: (_, signal) =>
      new Promise((resolve) => {
        waits.push(resolve);
        signal.addEventListener("abort", () => {
          resolve();
        });
      }),
  };
  const tray = createAttachmentTray(tools, initial);
  const phases = () => tray.view.get().items.map(({ state }) => state.phase);
  const uploadOf = async (name: string): Promise<Upload> => {
    await settle();
    const upload = uploads.findLast((one) => one.name === name);
    if (upload === undefined) throw new Error(`${name} is not being uploaded`);
    return upload;
  };
  return { tray, uploads, uploadOf, phases, log };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("the images of a message that is being written", () => {
  it("are uploaded two at a time, and kept as soon as they are there", async () => {
    const { tray, uploads, uploadOf, phases, log } = setUp();
    tray.add([file("a"), file("b"), file("c")]);
    await settle();
    expect(uploads.map(({ name }) => name)).toEqual(["a", "b"]);
    (await uploadOf("a")).report(0.5);
    expect(tray.view.get().items[0]?.state).toEqual({ phase: "uploading", progress: 0.5 });
    (await uploadOf("b")).resolve(part("b"));
    (await uploadOf("a")).resolve(part("a"));
    (await uploadOf("c")).resolve(part("c"));
    await settle();
    expect(phases()).toEqual(["ready", "ready", "ready"]);
    expect(log.kept.at(-1)).toEqual([
      "/api/attachments/a",
      "/api/attachments/b",
      "/api/attachments/c",
    ]);
    expect(tray.parts().map(({ url }) => url.slice(17))).toEqual(["a", "b", "c"]);
    tray.clear();
    expect(tray.view.get().items).toEqual([]);
    expect(log.kept.at(-1)).toEqual([]);
    expect(log.closed).toEqual(["blob:a", "blob:b", "blob:c"]);
    expect(log.discarded).toEqual([]);
  });

  it("wait for the network, and go on by themselves", async () => {
    const { tray, uploads, uploadOf, phases } = setUp();
    tray.add([file("a")]);
    (await uploadOf("a")).reject(new ApiError("offline", null, 0));
    await settle();
    expect(phases()).toEqual(["waiting"]);
    tray.wake();
    await settle();
    expect(uploads).toHaveLength(2);
    (await uploadOf("a")).resolve(part("a"));
    await settle();
    expect(phases()).toEqual(["ready"]);
  });

  it("say why one was refused, and are tried again where that may help", async () => {
    const { tray, uploadOf } = setUp();
    tray.add([file("broken"), file("late")]);
    (await uploadOf("broken")).reject(new ApiError("image_unreadable", null, 400));
    (await uploadOf("late")).reject(new ApiError("internal", null, 500));
    await settle();
    const states = () => tray.view.get().items.map(({ state }) => state);
    expect(states()).toMatchObject([
      { phase: "failed", canRetry: false, failure: { code: "image_unreadable" } },
      { phase: "failed", canRetry: true },
    ]);
    tray.retry("key-2");
    (await uploadOf("late")).resolve(part("late"));
    await settle();
    expect(states()[1]).toMatchObject({ phase: "ready" });
  });

  it("are no more than a message takes, and nothing else than images", () => {
    const { tray, phases } = setUp();
    tray.add(Array.from({ length: 10 }, (_, at) => file(String(at))));
    expect(tray.view.get().items).toHaveLength(8);
    expect(tray.view.get().refusedCount).toBe(2);
    tray.removeAll();
    expect(tray.view.get()).toEqual({ items: [], refusedCount: 0 });
    tray.add([file("notes.pdf", "application/pdf")]);
    expect(phases()).toEqual(["failed"]);
  });

  it("leave nothing behind when they are removed: no upload, no image", async () => {
    const { tray, uploadOf, log } = setUp([part("of-a-draft")]);
    tray.add([file("a"), file("b")]);
    (await uploadOf("a")).resolve(part("a"));
    await settle();
    tray.remove("key-1");
    tray.remove("key-2");
    expect((await uploadOf("b")).signal.aborted).toBe(true);
    // What was there before may be part of a message.
    tray.remove("/api/attachments/of-a-draft");
    expect(log.discarded).toEqual(["/api/attachments/a"]);
    expect(log.kept.at(-1)).toEqual([]);
  });

  it("are said to be gone where they are, and not where they merely did not load", async () => {
    const { tray, phases, log } = setUp([part("there"), part("gone")]);
    for (const { key } of tray.view.get().items) await tray.checkImage(key);
    expect(phases()).toEqual(["ready", "failed"]);
    expect(log.kept.at(-1)).toEqual(["/api/attachments/there"]);
  });

  it("come back when their message was not sent, each once", () => {
    const { tray } = setUp([part("a")]);
    tray.put([part("b"), part("a")]);
    expect(tray.view.get().items.map(({ key }) => key.slice(17))).toEqual(["b", "a"]);
  });
});

import type { FilePart } from "@/lib/contracts/attachments";
import { limits } from "@/lib/contracts/limits";
import { isAbort } from "../api";
import { createStore } from "../store";
import { backoffMs, type waitOrWake } from "./backoff";
import { isPassing, toFailure, type Failure } from "./failure";

/** An image on its way into a message. */
export type TrayItem = {
  key: string;
  name: string;
  /** What shows it: the picked file, or where the server has it; null for what is no image. */
  previewUrl: string | null;
  state:
    | { phase: "uploading"; /** Between 0 and 1. */ progress: number }
    /** The server could not be reached; it is tried again by itself. */
    | { phase: "waiting" }
    | { phase: "failed"; failure: Failure; canRetry: boolean }
    | { phase: "ready"; part: FilePart };
};

export type TrayView = {
  items: readonly TrayItem[];
  /** How many were picked beyond what a message takes. */
  refusedCount: number;
};

export type TrayTools = {
  /** @throws ApiError */
  upload: (
    file: Blob,
    name: string,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ) => Promise<FilePart>;
  /** The file, made smaller where it has to be. */
  shrink: (file: File) => Promise<Blob>;
  /** Tells the server that an image of this tray is not wanted any more. */
  discard: (part: FilePart) => void;
  /** Whether the server has an image no longer. */
  isGone: (part: FilePart) => Promise<boolean>;
  openPreview: (file: File) => string;
  closePreview: (url: string) => void;
  /** Keeps what is uploaded, so that it survives the page. */
  keep: (images: readonly FilePart[]) => void;
  newKey: () => string;
  /** Between 0 and 1. */
  random: () => number;
  wait: typeof waitOrWake;
};

export type AttachmentTray = ReturnType<typeof createAttachmentTray>;

const uploadsAtOnce = 2;

/** The images of a message that is being written: uploaded while one writes, again where needed. */
export function createAttachmentTray(tools: TrayTools, initial: readonly FilePart[] = []) {
  const view = createStore<TrayView>({ items: initial.map(toReadyItem), refusedCount: 0 });
  const files = new Map<string, File>();
  const uploads = new Map<string, AbortController>();
  let waking = new AbortController();

  const readyParts = () =>
    view.get().items.flatMap(({ state }) => (state.phase === "ready" ? [state.part] : []));

  function setItems(change: (items: readonly TrayItem[]) => readonly TrayItem[]): void {
    const before = readyParts();
    view.set((current) => ({ ...current, items: change(current.items) }));
    if (before.length !== readyParts().length) tools.keep(readyParts());
  }

  function setState(key: string, state: TrayItem["state"]): void {
    setItems((items) => items.map((item) => (item.key === key ? { ...item, state } : item)));
  }

  /** Uploads what waits for it, a few at a time. */
  function next(): void {
    for (const { key, state } of view.get().items) {
      if (uploads.size >= uploadsAtOnce) return;
      if (state.phase === "uploading" && !uploads.has(key)) void uploadItem(key);
    }
  }

  async function uploadItem(key: string): Promise<void> {
    const file = files.get(key);
    if (file === undefined) return;
    const upload = new AbortController();
    uploads.set(key, upload);
    try {
      setState(key, { phase: "ready", part: await uploadAtLast(key, file, upload.signal) });
    } catch (error) {
      if (!isAbort(error) && !upload.signal.aborted) {
        const failure = toFailure(error);
        const canRetry = !lasting.includes(failure.code);
        setState(key, { phase: "failed", failure, canRetry });
      }
    } finally {
      if (uploads.get(key) === upload) uploads.delete(key);
      next();
    }
  }

  /** Uploads a file, as often as it takes while the server is out of reach. */
  async function uploadAtLast(key: string, file: File, signal: AbortSignal): Promise<FilePart> {
    const smaller = await tools.shrink(file);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const showProgress = (progress: number) => {
          if (!signal.aborted) setState(key, { phase: "uploading", progress });
        };
        return await tools.upload(smaller, file.name, showProgress, signal);
      } catch (error) {
        if (isAbort(error) || signal.aborted || !isPassing(toFailure(error))) throw error;
        setState(key, { phase: "waiting" });
        await tools.wait(backoffMs(attempt, tools.random()), waking.signal);
        signal.throwIfAborted();
        setState(key, { phase: "uploading", progress: 0 });
      }
    }
  }

  function forget({ key, previewUrl }: TrayItem): void {
    uploads.get(key)?.abort();
    uploads.delete(key);
    if (files.delete(key) && previewUrl !== null) tools.closePreview(previewUrl);
  }

  function remove(key: string): void {
    const item = view.get().items.find((one) => one.key === key);
    if (item === undefined) return;
    // What came with an older message or draft may be shown elsewhere.
    if (files.has(key) && item.state.phase === "ready") tools.discard(item.state.part);
    forget(item);
    setItems((items) => items.filter((one) => one.key !== key));
    view.set((current) => ({ ...current, refusedCount: 0 }));
    next();
  }

  return {
    view,

    /** Takes what was picked, pasted or dropped, as much as a message has room for. */
    add(picked: readonly File[]): void {
      const room = Math.max(0, limits.imagesPerMessage - view.get().items.length);
      const taken = picked.slice(0, room).map((file): TrayItem => {
        const key = tools.newKey();
        files.set(key, file);
        const isImage = file.type.startsWith("image/");
        return {
          key,
          name: file.name,
          previewUrl: isImage ? tools.openPreview(file) : null,
          state: isImage
            ? { phase: "uploading", progress: 0 }
            : {
                phase: "failed",
                failure: { code: "image_unreadable", details: null },
                canRetry: false,
              },
        };
      });
      view.set(({ items }) => ({
        items: [...items, ...taken],
        refusedCount: Math.max(0, picked.length - room),
      }));
      next();
    },

    remove,

    removeAll(): void {
      for (const { key } of view.get().items) remove(key);
    },

    retry(key: string): void {
      setState(key, { phase: "uploading", progress: 0 });
      next();
    },

    /** The network is back: whoever waits for another try tries now. */
    wake(): void {
      waking.abort();
      waking = new AbortController();
    },

    /** The images that are there, in order. */
    parts: readyParts,

    /** The message with these images is on its way. */
    clear(): void {
      view.get().items.forEach(forget);
      view.set({ items: [], refusedCount: 0 });
      tools.keep([]);
    },

    /** Puts images back that were not sent after all, before what is there. */
    put(parts: readonly FilePart[]): void {
      const known = new Set(readyParts().map(({ url }) => url));
      const back = parts.filter(({ url }) => !known.has(url)).map(toReadyItem);
      setItems((items) => [...back, ...items].slice(0, limits.imagesPerMessage));
    },

    /** An image can't be shown. The server has it no longer where it waited too long to be sent. */
    async checkImage(key: string): Promise<void> {
      const state = view.get().items.find((item) => item.key === key)?.state;
      if (state?.phase !== "ready" || !(await tools.isGone(state.part))) return;
      const failure: Failure = { code: "not_found", details: null };
      setState(key, { phase: "failed", failure, canRetry: false });
    },
  };
}

/** What the same file meets again, however often it is tried. */
const lasting: readonly Failure["code"][] = [
  "image_unreadable",
  "image_too_large",
  "payload_too_large",
  "unsupported_media_type",
];

const toReadyItem = (part: FilePart): TrayItem => ({
  key: part.url,
  name: part.filename ?? "",
  previewUrl: part.url,
  state: { phase: "ready", part },
});

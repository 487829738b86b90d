import { createStore } from "./store";

export type ToastInput = {
  text: string;
  kind?: "info" | "error";
  action?: { label: string; onSelect: () => void };
  /** How long it stays while nobody points at it. */
  durationMs?: number;
};

export type Toast = ToastInput & { id: number; kind: "info" | "error"; durationMs: number };

const atMost = 3;
// Long enough to read a sentence, and to decide where there is something to decide.
const plainMs = 5_000;
const actionMs = 10_000;

export const toastStore = createStore<readonly Toast[]>([]);

/** Where they are shown. */
export const toastRegionId = "notifications";

/** Whether somebody is at one of them, such as on its way to Undo: no place to take the focus from. */
export function isFocusInToasts(): boolean {
  return document.getElementById(toastRegionId)?.contains(document.activeElement) === true;
}

let lastId = 0;

/** Says something in passing, at the edge of the page. Returns what takes it away. */
export function showToast(input: ToastInput): () => void {
  const id = ++lastId;
  const isLong = input.action !== undefined || input.kind === "error";
  const toast: Toast = {
    ...input,
    id,
    kind: input.kind ?? "info",
    durationMs: input.durationMs ?? (isLong ? actionMs : plainMs),
  };
  toastStore.set((toasts) => [...toasts, toast].slice(-atMost));
  return () => {
    hideToast(id);
  };
}

export function hideToast(id: number): void {
  toastStore.set((toasts) => toasts.filter((toast) => toast.id !== id));
}

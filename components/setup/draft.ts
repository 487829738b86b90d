import * as z from "zod";
import { createStore, useStore } from "@/lib/client/store";
import { providerConnectionSchema } from "@/lib/contracts/providers";

const storageName = "parley.connect";

const draftSchema = z.object({
  kind: providerConnectionSchema.shape.kind,
  name: z.string(),
  baseUrl: z.string(),
  /** Azure's; empty elsewhere. */
  apiVersion: z.string().default(""),
  /** Whether the connection was tested with a key, which has to be pasted again after a reload. */
  usesKey: z.boolean(),
  /** Models that the provider listed; null before the first successful test. */
  models: z.array(z.string()).nullable(),
  /** Chosen models, the default first. */
  chosen: z.array(z.string()),
});

/** What was filled in so far. The key is not part of it, so that no storage ever holds it. */
export type Draft = z.infer<typeof draftSchema>;

const empty: Draft = {
  kind: "openai-compatible",
  name: "",
  baseUrl: "",
  apiVersion: "",
  usesKey: false,
  models: null,
  chosen: [],
};

const drafts = createStore<Draft>(readStored());
const keys = createStore("");

/** The draft; empty on the server and while the page hydrates. */
export function useDraft(): Draft {
  return useStore(drafts, empty);
}

/** The key, as long as the page lives. */
export function useKey(): string {
  return useStore(keys, "");
}

export function readDraft(): Draft {
  return drafts.get();
}

/** Begins anew with what is known about the provider. */
export function startDraft(known: Partial<Draft>): void {
  keys.set("");
  keep({ ...empty, ...known });
}

export function updateDraft(patch: Partial<Draft>): void {
  keep({ ...drafts.get(), ...patch });
}

export function setKey(key: string): void {
  keys.set(key);
}

export function clearDraft(): void {
  keys.set("");
  drafts.set(empty);
  inStorage((storage) => {
    storage.removeItem(storageName);
  });
}

function keep(draft: Draft): void {
  drafts.set(draft);
  inStorage((storage) => {
    storage.setItem(storageName, JSON.stringify(draft));
  });
}

function readStored(): Draft {
  const text = inStorage((storage) => storage.getItem(storageName)) ?? "null";
  try {
    const parsed = draftSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : empty;
  } catch {
    return empty;
  }
}

// Storage is missing on the server, and may be full or forbidden in a browser: then a reload
// simply asks again.
function inStorage<Value>(act: (storage: Storage) => Value): Value | null {
  if (typeof window === "undefined") return null;
  try {
    return act(window.sessionStorage);
  } catch {
    return null;
  }
}

"use client";

import { createContext, use } from "react";
import type { Alert, AlertsPage } from "@/lib/contracts/alerts";
import { callApi, isAbort } from "../api";
import { shape, type Check } from "../shape";
import { createStore, useStore, type Store } from "../store";

/** What the bell knows; `page` is null until it was read once. */
export type AlertsState = {
  page: AlertsPage | null;
  /** The last look failed. */
  isFailed: boolean;
  paging: "idle" | "loading" | "failed";
};

export type AlertsStore = Store<AlertsState>;

/** Made anew by each frame: on the server, a store of the module would be everybody's. */
export const AlertsContext = createContext<AlertsStore | null>(null);

const root = "/api/alerts";
const pageShape: Check<AlertsPage> = shape<AlertsPage>({
  alerts: "list",
  before: "text or null",
});

export function createAlertsStore(): AlertsStore {
  return createStore<AlertsState>({ page: null, isFailed: false, paging: "idle" });
}

export function useAlerts(): AlertsState {
  return useStore(useAlertsStore());
}

export function useAlertsStore(): AlertsStore {
  const store = use(AlertsContext);
  if (store === null) throw new Error("A frame is needed around useAlerts().");
  return store;
}

/** How many are new; 0 outside of a frame, and until one knows. */
export function useNewAlertCount(): number {
  const store = use(AlertsContext);
  return useStore(store ?? noAlerts).page?.newCount ?? 0;
}

const noAlerts = createAlertsStore();

/**
 * Reads the newest alerts. What was read of older ones stays below them.
 *
 * @returns those that were not there before; none at the first look.
 */
export async function refreshAlerts(store: AlertsStore): Promise<Alert[]> {
  try {
    const next = await callApi("GET", root, { schema: pageShape });
    const before = store.get().page;
    store.set((state) => ({ ...state, page: mergeNewest(state.page, next), isFailed: false }));
    if (before === null) return [];
    const known = new Set(before.alerts.map(({ id }) => id));
    return next.alerts.filter(({ id }) => !known.has(id));
  } catch (error) {
    if (!isAbort(error)) store.set((state) => ({ ...state, isFailed: true }));
    return [];
  }
}

/** Reads the next older ones. */
export async function loadOlderAlerts(store: AlertsStore): Promise<void> {
  const { page, paging } = store.get();
  if (page?.before == null || paging === "loading") return;
  store.set((state) => ({ ...state, paging: "loading" }));
  try {
    const path = `${root}?before=${encodeURIComponent(page.before)}`;
    const next = await callApi("GET", path, { schema: pageShape });
    store.set((state) => ({ ...state, paging: "idle", page: appendOlder(state.page, next) }));
  } catch {
    store.set((state) => ({ ...state, paging: "failed" }));
  }
}

/** Somebody looks at them: none is new any more, here at once and then everywhere. */
export async function markAlertsSeen(store: AlertsStore): Promise<void> {
  if ((store.get().page?.newCount ?? 0) === 0) return;
  store.set((state) =>
    state.page === null ? state : { ...state, page: { ...state.page, newCount: 0 } },
  );
  // Should it fail, they are new again at the next look.
  await callApi("POST", `${root}/seen`).catch(() => undefined);
}

/** The newest page over what was read before. */
export function mergeNewest(before: AlertsPage | null, next: AlertsPage): AlertsPage {
  if (before === null) return next;
  const ids = new Set(next.alerts.map(({ id }) => id));
  const kept = before.alerts.filter(({ id }) => !ids.has(id));
  // Without a common one there may be a gap: the older ones are read again when wanted.
  if (kept.length === before.alerts.length) return next;
  return {
    alerts: [...next.alerts, ...kept],
    newCount: next.newCount,
    before: kept.length > 0 ? before.before : next.before,
  };
}

function appendOlder(before: AlertsPage | null, next: AlertsPage): AlertsPage {
  if (before === null) return next;
  const ids = new Set(before.alerts.map(({ id }) => id));
  const older = next.alerts.filter(({ id }) => !ids.has(id));
  return { ...before, alerts: [...before.alerts, ...older], before: next.before };
}

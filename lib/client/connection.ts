import { createStore, useStore } from "./store";

/** What stands between this page and its server. */
export type Connection = {
  isOffline: boolean;
  isSignedOut: boolean;
  /** Somebody else signed in in this browser, in another tab. */
  isSomebodyElse: boolean;
  /** Another build answers than the one that this page came from. */
  isOutdated: boolean;
};

const fine: Connection = {
  isOffline: false,
  isSignedOut: false,
  isSomebodyElse: false,
  isOutdated: false,
};

export const connectionStore = createStore<Connection>(fine);

let pageBuild: string | null = null;
let otherBuildAtMs = 0;
// While instances are replaced one by one, both builds answer: no reason to change one's mind.
const rollOutMs = 60_000;
const doubters = new Set<() => void>();

export function useConnection(): Connection {
  return useStore(connectionStore, fine);
}

export function changeConnection(change: Partial<Connection>): void {
  connectionStore.set((state) => {
    const next = { ...state, ...change };
    const keys = Object.keys(state) as (keyof Connection)[];
    return keys.every((key) => next[key] === state[key]) ? state : next;
  });
}

/** Says which build this page came from. */
export function startWithBuild(build: string): void {
  pageBuild = build;
}

/** Which build answers now. */
export function noteBuild(build: string): void {
  if (pageBuild === null) return;
  if (build !== pageBuild) {
    otherBuildAtMs = Date.now();
    changeConnection({ isOutdated: true });
  } else if (Date.now() - otherBuildAtMs > rollOutMs) changeConnection({ isOutdated: false });
}

/** Takes from an answer of the API what it says by the way. */
export function noteAnswer(response: Response): void {
  const build = response.headers.get("x-parley-build");
  if (build === null) return;
  noteBuild(build);
  changeConnection({ isOffline: false });
}

/** The API said that there is no session, or that there is one. */
export function noteSession(isSignedIn: boolean): void {
  changeConnection({ isSignedOut: !isSignedIn });
}

/** A request did not reach the server: somebody should find out why. */
export function noteUnreachable(): void {
  for (const doubt of doubters) doubt();
}

/** Hears of doubts whether the server is there. @returns what ends it. */
export function onUnreachable(doubt: () => void): () => void {
  doubters.add(doubt);
  return () => {
    doubters.delete(doubt);
  };
}

"use client";

import { useEffect, useState } from "react";
import type { ApiError } from "@/lib/client/api";
import { useLoad } from "@/lib/client/use-load";

export type Fresh<Value> = {
  /** What came last, also while something newer is on its way; undefined before the first. */
  value: Value | undefined;
  /** It belongs to what was asked for before. */
  isStale: boolean;
  error: ApiError | null;
  reload: () => void;
};

/**
 * Loads from a path of the API, again whenever it changes or somebody comes back to the page, and
 * keeps what is on screen until then, so that nothing jumps.
 */
export function useFresh<Value>(
  path: string,
  read: (path: string, signal: AbortSignal) => Promise<Value>,
): Fresh<Value> {
  const [loaded, reload] = useLoad(path, (signal) => read(path, signal));
  const [kept, setKept] = useState<{ path: string; value: Value }>();
  if (loaded.state === "ready" && kept?.value !== loaded.value) {
    setKept({ path, value: loaded.value });
  }

  useEffect(() => {
    const reloadIfSeen = () => {
      if (document.visibilityState === "visible") reload();
    };
    document.addEventListener("visibilitychange", reloadIfSeen);
    return () => {
      document.removeEventListener("visibilitychange", reloadIfSeen);
    };
  }, [reload]);

  return {
    value: loaded.state === "ready" ? loaded.value : kept?.value,
    isStale: loaded.state !== "ready" && kept?.path !== path,
    error: loaded.state === "failed" ? loaded.error : null,
    reload,
  };
}

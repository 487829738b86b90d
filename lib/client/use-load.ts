"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort, toApiError, type ApiError } from "./api";

export type Loaded<Value> =
  { state: "loading" } | { state: "ready"; value: Value } | { state: "failed"; error: ApiError };

/**
 * Loads something when the component appears and whenever `key` changes. What an older key brings
 * in late is dropped.
 */
export function useLoad<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): [Loaded<Value>, reload: () => void] {
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ of: string; loaded: Loaded<Value> }>();
  const latestLoad = useRef(load);
  const request = `${key}#${String(attempt)}`;

  useEffect(() => {
    latestLoad.current = load;
  });

  useEffect(() => {
    const controller = new AbortController();
    latestLoad.current(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted)
          setResult({ of: request, loaded: { state: "ready", value } });
      },
      (error: unknown) => {
        if (!isAbort(error) && !controller.signal.aborted)
          setResult({ of: request, loaded: { state: "failed", error: toApiError(error) } });
      },
    );
    return () => {
      controller.abort();
    };
  }, [request]);

  const reload = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  return [result?.of === request ? result.loaded : { state: "loading" }, reload];
}

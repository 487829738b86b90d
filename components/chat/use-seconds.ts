"use client";

import { useEffect, useState } from "react";

/** Whole seconds since a moment (milliseconds of Date), counted while `isRunning`, then kept. */
export function useSeconds(sinceMs: number | null, isRunning: boolean): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return sinceMs === null ? 0 : Math.max(0, Math.round((nowMs - sinceMs) / 1000));
}

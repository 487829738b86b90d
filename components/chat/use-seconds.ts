"use client";

import { useEffect, useState } from "react";

/** Whole seconds since a moment (milliseconds of Date), counted while it is not null. */
export function useSeconds(sinceMs: number | null): number {
  const [nowMs, setNowMs] = useState(sinceMs ?? 0);
  useEffect(() => {
    if (sinceMs === null) return;
    const tick = () => {
      setNowMs(Date.now());
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [sinceMs]);
  return sinceMs === null ? 0 : Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
}

"use client";

import { useEffect, useState } from "react";

const everyMs = 250;

/** Whole seconds until a moment (milliseconds of Date), counted down to 0. */
export function useCountdown(untilMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}

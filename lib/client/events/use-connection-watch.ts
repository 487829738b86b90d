"use client";

import { useEffect } from "react";
import { waitOrWake } from "../chat/backoff";
import { changeConnection, noteAnswer, onUnreachable, startWithBuild } from "../connection";
import { isMissingPart } from "./missing-part";
import { createReachability } from "./reachability";
import { tellReturn } from "./return";
import { watchSleep } from "./watch-sleep";

const probeTimeoutMs = 8_000;

/**
 * Keeps an eye on whether the server can be reached, and whether it still serves the build that
 * this page came from.
 */
export function useConnectionWatch(build: string): void {
  useEffect(() => {
    startWithBuild(build);
    return watchConnection();
  }, [build]);
}

function watchConnection(): () => void {
  const { doubt, wake } = createReachability({
    probe: probeServer,
    onChange: (isOffline) => changeConnection({ isOffline }),
    onReturn: tellReturn,
    random: Math.random,
    wait: waitOrWake,
  });
  const look = () => {
    if (document.visibilityState === "visible") wake();
  };
  const inspect = (event: ErrorEvent | PromiseRejectionEvent) => {
    const error: unknown = "reason" in event ? event.reason : event.error;
    if (isMissingPart(error)) doubt();
  };
  const stopWatching = onUnreachable(doubt);
  const stopSleepWatch = watchSleep(() => {
    if (document.visibilityState !== "visible") return;
    doubt();
    tellReturn();
  });
  window.addEventListener("offline", doubt);
  window.addEventListener("online", wake);
  window.addEventListener("focus", look);
  window.addEventListener("error", inspect);
  window.addEventListener("unhandledrejection", inspect);
  document.addEventListener("visibilitychange", look);
  return () => {
    stopWatching();
    stopSleepWatch();
    window.removeEventListener("offline", doubt);
    window.removeEventListener("online", wake);
    window.removeEventListener("focus", look);
    window.removeEventListener("error", inspect);
    window.removeEventListener("unhandledrejection", inspect);
    document.removeEventListener("visibilitychange", look);
  };
}

/** Whether Parley answers, and not a page that stands in for it. Notes which build it is. */
async function probeServer(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(probeTimeoutMs);
    const response = await fetch("/api/health", { cache: "no-store", signal });
    noteAnswer(response);
    return response.ok && response.headers.has("x-parley-build");
  } catch {
    return false;
  }
}

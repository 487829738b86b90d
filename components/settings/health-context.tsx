"use client";

import { createContext, use, useEffect, useState, type ReactNode } from "react";
import type { ModelHealth } from "@/lib/contracts/aliases";
import { readHealth } from "./health-api";

const refreshMs = 15_000;

type Health = { byModel: ReadonlyMap<string, ModelHealth>; refresh: () => void };

const HealthContext = createContext<Health>({ byModel: new Map(), refresh: () => undefined });

/** How a model does; undefined while that is not known yet. */
export function useModelHealth(modelId: string): ModelHealth | undefined {
  return use(HealthContext).byModel.get(modelId);
}

/** Asks again at once. */
export function useRefreshHealth(): () => void {
  return use(HealthContext).refresh;
}

/** Keeps the state of all models fresh while the page is looked at. */
export function HealthProvider({ children }: { children: ReactNode }) {
  const [byModel, setByModel] = useState<Health["byModel"]>(new Map());
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const health = await readHealth(controller.signal);
        setByModel(new Map(health.map((one) => [one.modelId, one])));
      } catch {
        // What was known stays; the next round asks again.
      }
    };
    const onVisible = () => void read();
    void read();
    const timer = setInterval(onVisible, refreshMs);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [asked]);

  const refresh = () => {
    setAsked((count) => count + 1);
  };
  return <HealthContext value={{ byModel, refresh }}>{children}</HealthContext>;
}

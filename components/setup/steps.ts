"use client";

import { useSearchParams } from "next/navigation";
import { connectableKindSchema } from "@/lib/contracts/providers";

const kinds = connectableKindSchema.options;

/** Where the connecting of a provider stands; lives in the address, so that Back and reload work. */
export type ConnectStep =
  | { step: "choose" }
  | { step: "connect" | "models"; kind: (typeof kinds)[number] }
  /** Models of a provider that is there already, such as the one from the environment. */
  | { step: "models"; providerId: string };

/** The step that the address names; the first one when it names none. */
export function readStep(query: Pick<URLSearchParams, "get">): ConnectStep {
  const step = query.get("step");
  const providerId = query.get("provider");
  if (step === "models" && providerId !== null) return { step, providerId };
  const kind = kinds.find((known) => known === query.get("kind"));
  if (kind === undefined || (step !== "connect" && step !== "models")) return { step: "choose" };
  return { step, kind };
}

/** The query of a step, such as `?step=connect&kind=openai`. */
export function writeStep(step: ConnectStep): string {
  const query = new URLSearchParams({ step: step.step });
  if ("kind" in step) query.set("kind", step.kind);
  if ("providerId" in step) query.set("provider", step.providerId);
  return `?${query.toString()}`;
}

/** The step of the address, and the way to another one. */
export function useStep(): [ConnectStep, (step: ConnectStep) => void] {
  const query = useSearchParams();
  const go = (step: ConnectStep) => {
    window.history.pushState(null, "", writeStep(step));
    window.scrollTo(0, 0);
  };
  return [readStep(query), go];
}

"use client";

import { useEffect, useRef, useState } from "react";
import { isAbort, toApiError, type ApiError } from "@/lib/client/api";
import type { Diagnosis, DiagnosisStep } from "@/lib/contracts/diagnosis";
import { diagnose } from "./provider-api";

export type Examination =
  | { state: "idle" }
  | { state: "running"; steps: DiagnosisStep[] }
  | { state: "done"; diagnosis: Diagnosis }
  | { state: "stopped" }
  | { state: "failed"; error: ApiError };

/** A test of a provider that can be started and stopped; it ends with the component. */
export function useDiagnosis(providerId: string) {
  const [examination, setExamination] = useState<Examination>({ state: "idle" });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (request: { modelId?: string; isQuick: boolean }) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const steps: DiagnosisStep[] = [];
    setExamination({ state: "running", steps: [] });
    try {
      const diagnosis = await diagnose(providerId, {
        ...request,
        signal: controller.signal,
        onStep: (step) => {
          steps.push(step);
          if (!controller.signal.aborted) setExamination({ state: "running", steps: [...steps] });
        },
      });
      setExamination({ state: "done", diagnosis });
      return true;
    } catch (error) {
      if (controller.signal.aborted || isAbort(error)) return false;
      setExamination({ state: "failed", error: toApiError(error) });
      return false;
    }
  };
  const stop = () => {
    running.current?.abort();
    setExamination({ state: "stopped" });
  };
  const clear = () => {
    setExamination({ state: "idle" });
  };
  return { examination, start, stop, clear };
}

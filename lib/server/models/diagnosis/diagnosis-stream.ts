import "server-only";
import type { Diagnosis } from "@/lib/contracts/diagnosis";
import { AppError } from "@/lib/domain/errors/app-error";
import { apiHeaders, toAppError } from "../../http/to-response";
import { logger } from "../../logger";
import type { DiagnosisRun } from "./diagnose-provider";

const heartbeatMs = 15_000;

/** The whole of a test, when it is done. @throws AppError `conflict` when whoever asked has left. */
export async function finishDiagnosis(run: DiagnosisRun, signal: AbortSignal): Promise<Diagnosis> {
  try {
    for (;;) {
      const { done, value } = await run.next();
      if (done === true) return value;
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
    // Nobody reads this; it is no fault of ours, and is not logged as one.
    throw new AppError("conflict", { cause, details: { reason: "left" } });
  }
}

/**
 * The steps of a test as events, each when it is done; the last event is the whole. Who leaves
 * before aborts `leaving`, and with it what is under way.
 */
export function streamDiagnosis(run: DiagnosisRun, leaving: AbortController): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => {
        if (!leaving.signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const send = (event: object) => {
        write(`data: ${JSON.stringify(event)}\n\n`);
      };
      // A model that has to be loaded first is silent for longer than some proxies wait.
      const beating = setInterval(() => {
        write(": alive\n\n");
      }, heartbeatMs).unref();
      try {
        for (;;) {
          const { done, value } = await run.next();
          send(done === true ? { diagnosis: value } : { step: value });
          if (done === true) break;
        }
      } catch (thrown) {
        if (!leaving.signal.aborted) {
          const error = toAppError(thrown);
          logger().error({ error }, "a test of a provider failed");
          send({ error: { code: error.code, message: error.code } });
        }
      } finally {
        clearInterval(beating);
      }
      if (!leaving.signal.aborted) controller.close();
    },
    cancel() {
      leaving.abort();
    },
  });
  return new Response(body, {
    headers: {
      ...apiHeaders,
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

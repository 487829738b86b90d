import { z } from "zod";
import { callApi, fetchApi, ApiError } from "@/lib/client/api";
import {
  diagnosisSchema,
  diagnosisStepSchema,
  type Diagnosis,
  type DiagnosisStep,
} from "@/lib/contracts/diagnosis";
import { errorCodeSchema, errorDetailsSchema } from "@/lib/contracts/errors";

const keysOf = (providerId: string) => `/api/admin/providers/${providerId}/keys`;

export function addKey(
  providerId: string,
  body: { key: string; label?: string },
): Promise<undefined> {
  return callApi("POST", keysOf(providerId), { body });
}

export function patchKey(
  providerId: string,
  keyId: string,
  body: { label?: string; isEnabled?: boolean; isAside?: false },
): Promise<undefined> {
  return callApi("PATCH", `${keysOf(providerId)}/${keyId}`, { body });
}

export function deleteKey(providerId: string, keyId: string): Promise<undefined> {
  return callApi("DELETE", `${keysOf(providerId)}/${keyId}`);
}

const eventSchema = z.union([
  z.object({ step: diagnosisStepSchema }),
  z.object({ diagnosis: diagnosisSchema }),
  z.object({
    error: z.object({ code: errorCodeSchema, details: errorDetailsSchema.optional() }),
  }),
]);

type Test = {
  modelId?: string;
  isQuick: boolean;
  signal: AbortSignal;
  /** Called for each step as soon as it is done. */
  onStep: (step: DiagnosisStep) => void;
};

/** Tests a provider; its steps come one by one. @throws ApiError. */
export async function diagnose(
  providerId: string,
  { modelId, isQuick, signal, onStep }: Test,
): Promise<Diagnosis> {
  const response = await fetchApi(`/api/admin/providers/${providerId}/test`, {
    method: "POST",
    credentials: "same-origin",
    signal,
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ isQuick, ...(modelId === undefined ? {} : { modelId }) }),
  });
  for await (const data of readEvents(response)) {
    const event = eventSchema.safeParse(data);
    if (!event.success) continue;
    if ("step" in event.data) onStep(event.data.step);
    if ("diagnosis" in event.data) return event.data.diagnosis;
    if ("error" in event.data) {
      const { code, details = null } = event.data.error;
      throw new ApiError(code, details, response.status);
    }
  }
  throw new ApiError("offline", null, response.status);
}

/** The JSON of each event of a stream; what is none is left out. */
async function* readEvents(response: Response): AsyncGenerator {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: ?(.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield readJson(data);
    }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import type { DiagnosisStep } from "@/lib/contracts/diagnosis";
import { findCertificateFault } from "../errors/certificate-fault";
import { makeStep } from "./details";
import type { Reply } from "./reply";

/** What came of asking for the list of models. */
export type ListReply = Pick<Reply, "status" | "failure" | "totalMs" | "firstMs"> & {
  /** Null where there is no list. */
  names: string[] | null;
  causeCodes: readonly string[];
};

type Contact = Pick<Reply, "status" | "failure" | "firstMs"> & { causeCodes?: readonly string[] };

/** Whether anybody answered, whatever it was. */
export function judgeReachable(contact: Contact): DiagnosisStep {
  const { status, failure, firstMs } = contact;
  const durationMs = firstMs;
  if (status !== null && failure?.code !== "provider_redirected")
    return makeStep("reachable", "ok", { details: { ms: firstMs }, durationMs });
  // Where the certificate is refused there is somebody to refuse it of.
  if (failure?.code === "provider_certificate_refused")
    return makeStep("reachable", "ok", { details: { ms: firstMs }, durationMs });
  return makeStep("reachable", "bad", {
    errorCode: failure?.code ?? "provider_unreachable",
    durationMs,
  });
}

/** Whether its certificate holds, for an address that has one. */
export function judgeCertificate(
  baseUrl: string,
  { failure, causeCodes = [] }: Contact,
): DiagnosisStep {
  if (new URL(baseUrl).protocol !== "https:")
    return makeStep("certificate", "skipped", { details: { reason: "http" } });
  if (failure?.code !== "provider_certificate_refused") return makeStep("certificate", "ok");
  return makeStep("certificate", "bad", {
    errorCode: "provider_certificate_refused",
    details: { fault: findCertificateFault(causeCodes) },
  });
}

/**
 * Whether the key is taken. A list of models that is open to everybody proves nothing: a request
 * that was let in counts only where one with a made-up key was not.
 */
export function judgeKey({
  hasKey,
  own,
  madeUp,
  isComparable,
}: {
  hasKey: boolean;
  /** The most telling request with the key. */
  own: Pick<Reply, "status" | "failure" | "totalMs">;
  /** The same with a made-up key; null when it was not tried. */
  madeUp: Pick<Reply, "status" | "failure" | "totalMs"> | null;
  /** Whether the request is one that needs the right to ask the model. */
  isComparable: boolean;
}): DiagnosisStep {
  const durationMs = own.totalMs + (madeUp?.totalMs ?? 0);
  if (isKeyRefusal(own)) {
    const errorCode = own.failure?.code ?? "provider_key_refused";
    return makeStep("key", "bad", { errorCode, details: statusOf(own), durationMs });
  }
  if (!hasKey) return makeStep("key", "no", { details: { isChecked: false }, durationMs });
  if (madeUp !== null && isKeyRefusal(madeUp) && own.status !== null)
    return makeStep("key", "ok", { details: { isChecked: true }, durationMs });
  const letsAllIn = madeUp !== null && madeUp.failure === null && own.failure === null;
  return makeStep("key", "unclear", {
    details: letsAllIn && isComparable ? { isChecked: false } : {},
    durationMs,
  });
}

/** Whether a request was turned away for its key. */
export function isKeyRefusal({ failure }: Pick<Reply, "failure">): boolean {
  return failure?.code === "provider_key_refused" || failure?.code === "provider_forbidden";
}

/** Whether it lists models, and the one that is tried among them. */
export function judgeModels(list: ListReply | null, modelName: string | null): DiagnosisStep {
  if (list === null) return makeStep("models", "no");
  const { names, failure, totalMs: durationMs } = list;
  if (names !== null)
    return makeStep("models", "ok", {
      details: {
        count: names.length,
        ...(modelName === null ? {} : { isListed: names.includes(modelName) }),
      },
      durationMs,
    });
  if (failure === null) return makeStep("models", "no", { durationMs });
  return makeStep("models", "unclear", {
    errorCode: failure.code,
    details: failure.details,
    durationMs,
  });
}

/** What a step may tell of an answer that was no answer. */
export function statusOf({ failure }: Pick<Reply, "failure">): Record<string, never> {
  return (failure?.details ?? {}) as Record<string, never>;
}

import type { Diagnosis, DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import type { CertificateFault } from "../errors/certificate-fault";

/**
 * What each step of a diagnosis may say beside its finding: the values that its sentence names.
 * `skipped` comes with a `reason` only, and every step that met a failure with the `status` of the
 * answer and, where the provider asks for a pause, `retryAfterSeconds`. Nothing here is ever a
 * provider's word.
 */
type DetailsByName = {
  /** ok; bad (errorCode says why). */
  reachable: { ms?: number };
  /** ok; bad (`provider_certificate_refused`) with what is wrong; skipped with `http`. */
  certificate: { fault?: CertificateFault };
  /**
   * ok: an authenticated request succeeded, and a made-up key was refused. unclear, without an
   * errorCode: it works, and with a made-up key too (`isChecked` false), or it could not be told
   * (`isChecked` left out). no: the provider has no key and needs none (`isChecked` false). bad:
   * refused.
   */
  key: { isChecked?: boolean };
  /** ok: `count` models; no: it keeps no list. `isListed`: the model that was tried is in it. */
  models: { count?: number; isListed?: boolean };
  /** ok; bad. `ms` until the whole of a tiny answer had come. */
  answers: { ms?: number };
  /** ok: `ms` until the first piece; no: it answers in one piece although a stream was asked for. */
  streams: { ms?: number };
  /** ok; no: `isRefused` when asking for it is an error, else it is ignored. */
  usageInStream: { isRefused?: boolean };
  /** no: `isRefused`; unclear: the tool was taken, and not called. */
  tools: { isRefused?: boolean };
  /** no: `isRefused`, or the image was taken and not seen. */
  vision: { isRefused?: boolean };
  /** no: `isRefused`, or ignored. */
  json: { isRefused?: boolean };
  /** no: `isRefused`, or ignored. */
  jsonSchema: { isRefused?: boolean };
  /** ok: it thinks, and shows it in `field`; `none` when it only counts its thoughts. no: it does not. */
  reasoning: { field?: "reasoning_content" | "reasoning" | "think_tags" | "none" };
  /**
   * ok: earlier thoughts have to go back (`always`). no: they stay here (`never`), `isRefused` when
   * sending them is an error. skipped with `no_reasoning`.
   */
  reasoningBack: { rule?: "always" | "never"; isRefused?: boolean };
  /** ok: the name that limits an answer. no: neither name does. */
  outputLimit: { field?: "max_tokens" | "max_completion_tokens" };
  /** ok; no: `isRefused`, or documented to be without effect. Likewise the next ones. */
  temperature: { isRefused?: boolean };
  topP: { isRefused?: boolean };
  frequencyPenalty: { isRefused?: boolean };
  presencePenalty: { isRefused?: boolean };
  /** no without `isRefused`: taken, and not heeded. Likewise `n`. */
  stop: { isRefused?: boolean };
  n: { isRefused?: boolean };
  seed: { isRefused?: boolean };
  /** ok: the `values` it takes, joined by ", ". no: `isRefused`, or ignored. */
  reasoningEffort: { values?: string; isRefused?: boolean };
};

/** One entry for each step of the contract. */
export type StepDetails = { [Name in DiagnosisStepName]: DetailsByName[Name] };

/** Why a step was not tried. */
export type SkipReason =
  /** The address is plain http. */
  | "http"
  /** An earlier step failed that all else rests on. */
  | "earlier"
  /** Only the connection was asked for. */
  | "quick"
  /** The provider has no model to try. */
  | "no_model"
  /** It shows no thoughts that could go back. */
  | "no_reasoning"
  /** The time or the number of requests of one test was used up. */
  | "budget";

/** Makes one step; its details are those of its name. */
export function makeStep<Name extends DiagnosisStepName>(
  name: Name,
  finding: DiagnosisStep["finding"],
  rest: {
    details?: StepDetails[Name] & { reason?: SkipReason };
    errorCode?: DiagnosisStep["errorCode"];
    durationMs?: number;
  } = {},
): DiagnosisStep {
  const { details = {}, errorCode = null, durationMs = 0 } = rest;
  return { name, finding, errorCode, details: details, durationMs };
}

/** What a step of that name found, or null when the diagnosis has none. */
export function findStep(
  { steps }: Pick<Diagnosis, "steps">,
  name: DiagnosisStepName,
): DiagnosisStep | null {
  return steps.find((step) => step.name === name) ?? null;
}

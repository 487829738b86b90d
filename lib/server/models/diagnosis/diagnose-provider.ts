import "server-only";
import { diagnosisStepNames, type Diagnosis, type DiagnosisStep } from "@/lib/contracts/diagnosis";
import type { Actor } from "@/lib/domain/actor";
import { makeStep } from "@/lib/domain/diagnosis/details";
import { toCard } from "@/lib/domain/diagnosis/to-card";
import { AppError } from "@/lib/domain/errors/app-error";
import { findModels, requireModel, updateModel } from "../../db/models";
import { clearKeyAside, findInstanceKeys } from "../../db/provider-keys";
import { requireProvider } from "../../db/providers";
import { logger } from "../../logger";
import { requireTestAllowance } from "../../providers/connection-limit";
import { readProviderKeys } from "../../providers/provider-key";
import { requireAllowedAddress } from "../../providers/require-allowed-address";
import { singleton } from "../../singleton";
import { DiagnosisBooks } from "./diagnosis-books";
import { diagnose, type DiagnosisTotals } from "./diagnose";
import type { TestTarget } from "./ask-provider";

export type DiagnosisRequest = { modelId?: string | undefined; isQuick: boolean };

/** One step after the other as it is done, and the whole in the end. */
export type DiagnosisRun = AsyncGenerator<DiagnosisStep, Diagnosis, undefined>;

// Providers that are tested by this instance now; a second test would only confuse the first.
const running = () => singleton("diagnoses", () => new Set<string>());

/**
 * Tests a saved provider with its own key, and one of its models. What a whole test of a model finds
 * is stored with the model and goes into its card.
 *
 * @throws AppError `not_found`; `rate_limited` after too many tests; `conflict` (`running`) while
 * the same provider is being tested; `budget_exceeded` where a budget has no room for it. While it
 * runs: the reason of `signal`.
 */
export async function startDiagnosis(
  actor: Actor,
  providerId: string,
  { modelId, isQuick }: DiagnosisRequest,
  signal: AbortSignal,
): Promise<DiagnosisRun> {
  const provider = await requireProvider(actor, providerId);
  requireTestAllowance(actor);
  const models = (await findModels(actor)).filter((model) => model.providerId === providerId);
  const model =
    modelId === undefined
      ? models.find(({ isEnabled }) => isEnabled)
      : models.find(({ id }) => id === modelId);
  if (modelId !== undefined && model === undefined) throw new AppError("not_found");
  const keys = await findInstanceKeys(actor, providerId);
  const { kind, baseUrl, apiVersion } = provider;
  const open = kind === "demo" ? null : (readProviderKeys({ ...provider, keys })[0] ?? null);
  const key = open?.key ?? null;
  const target = { kind, baseUrl, apiVersion, key, modelName: model?.name ?? null };
  if (running().has(providerId))
    throw new AppError("conflict", { details: { field: "test", reason: "running" } });
  running().add(providerId);
  const books = await openBooks().catch((error: unknown) => {
    running().delete(providerId);
    throw error;
  });
  return run();

  async function openBooks(): Promise<DiagnosisBooks | null> {
    if (model === undefined || kind === "demo") return null;
    const { id, name } = model;
    const tested = { id, name, provider, keyId: open?.id ?? null };
    return DiagnosisBooks.open(actor, tested, isQuick);
  }

  async function* run(): DiagnosisRun {
    const steps: DiagnosisStep[] = [];
    try {
      const { requests, tokens } = yield* collect(examine(target, isQuick, signal, books), steps);
      const diagnosis: Diagnosis = {
        providerId,
        modelName: model?.name ?? null,
        modelId: model?.id ?? null,
        steps,
        isOk: steps.every(({ finding }) => finding !== "bad"),
        requests,
        tokens,
        checkedAt: new Date().toISOString(),
      };
      if (!isQuick && model !== undefined) await store(actor, model.id, diagnosis);
      // Where it was refused or out of credit at a call, it is now known to work again.
      if (open?.id != null && hasAnswered(steps))
        await clearKeyAside({ system: "a test was answered" }, open.id);
      const found = { isOk: diagnosis.isOk, requests, tokens };
      logger().info({ userId: actor.userId, providerId, ...found }, "provider tested");
      return diagnosis;
    } finally {
      await books?.close();
      running().delete(providerId);
    }
  }
}

const hasAnswered = (steps: readonly DiagnosisStep[]) =>
  steps.some(({ name, finding }) => name === "answers" && finding === "ok");

type Examination = AsyncGenerator<DiagnosisStep, DiagnosisTotals, undefined>;

async function* collect(examination: Examination, steps: DiagnosisStep[]): Examination {
  for (;;) {
    const { done, value } = await examination.next();
    if (done === true) return value;
    steps.push(value);
    yield value;
  }
}

function examine(
  target: TestTarget,
  isQuick: boolean,
  signal: AbortSignal,
  books: DiagnosisBooks | null,
): Examination {
  if (target.kind === "demo") return examineDemo();
  try {
    requireAllowedAddress(target.baseUrl);
  } catch (error) {
    if (error instanceof AppError) return refuse(error);
    throw error;
  }
  return diagnose(target, {
    isQuick,
    signal,
    onReply: (probe, reply, startedAt) => books?.note(probe, reply, startedAt),
  });
}

/** The demo has neither network nor key, and does what it does. */
async function* examineDemo(): Examination {
  for (const name of diagnosisStepNames) {
    if (name === "certificate") yield makeStep(name, "skipped", { details: { reason: "http" } });
    else if (name === "models") yield makeStep(name, "ok", { details: { count: 1 } });
    else if (name === "reasoningBack")
      yield makeStep(name, "skipped", { details: { reason: "no_reasoning" } });
    else
      yield await Promise.resolve(
        makeStep(
          name,
          name === "reachable" || name === "answers" || name === "streams" ? "ok" : "no",
        ),
      );
  }
  return { requests: 0, tokens: 0 };
}

/** An address that the operator does not allow: nobody is asked. */
async function* refuse({ code }: AppError): Examination {
  for (const name of diagnosisStepNames)
    yield await Promise.resolve(
      name === "reachable"
        ? makeStep(name, "bad", { errorCode: code })
        : makeStep(name, "skipped", { details: { reason: "earlier" } }),
    );
  return { requests: 0, tokens: 0 };
}

async function store(actor: Actor, modelId: string, diagnosis: Diagnosis): Promise<void> {
  // Read again: somebody may have fixed a fact while the test ran.
  const { card } = await requireModel(actor, modelId);
  await updateModel(actor, modelId, { card: toCard(card, diagnosis), diagnosis });
}

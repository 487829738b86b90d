import "server-only";
import type { Calibration } from "@/lib/contracts/calibration";
import { expectWeights } from "@/lib/domain/tokens/expected-weights";
import { learnReport, type Report } from "@/lib/domain/tokens/learn-report";
import type { ResolvedModel } from "../db/aliases";
import { changeCalibration } from "../db/model-calibration";
import { logger } from "../logger";
import { singleton } from "../singleton";
import { WorkQueue } from "../work-queue";

/** A model whose tokenizer is learned about. */
export type LearningModel = Pick<ResolvedModel, "id" | "name" | "calibration" | "contextWindow">;

type Lesson = { report: Report } | { window: number; at: string; for: number | null };

type Learning = {
  /** As it was stored when it was last read or written. */
  stored: Calibration;
  /** Since then, oldest first. */
  lessons: Lesson[];
  /** Both together. */
  current: Calibration;
  isSaving: boolean;
};

/** A model's row is written once in this time, however many answers it gives. */
const saveEveryMs = 3_000;
/** More are of no use: what they say is alike. */
const mostLessons = 64;
const mostModels = 500;
/** A server may be given more room; then a refusal says so again. */
const windowLifeMs = 7 * 24 * 60 * 60_000;

/** One after the other: it is never urgent, and the connections are for those who wait. */
const saving = () => singleton("calibration-saving", () => new WorkQueue(1));

const learnings = () => singleton("calibrations", () => new Map<string, Learning>());

/** The newest that is known of a model's tokenizer: as stored, or as learned since. */
export function currentCalibration(model: LearningModel): Calibration {
  const learning = learnings().get(model.id);
  if (learning === undefined) return dropOldWindow(model.calibration, model);
  // Another instance has learned and stored more.
  if (model.calibration.reports > learning.stored.reports) {
    learning.stored = model.calibration;
    learning.current = learnAll(learning.stored, learning.lessons, model.name);
  }
  return dropOldWindow(learning.current, model);
}

/** Takes a lesson: it holds at once in this process, and is stored soon. */
export function addLesson(model: LearningModel, lesson: Lesson): void {
  const before = currentCalibration(model);
  const current = learnAll(before, [lesson], model.name);
  if (current === before) return;
  const known = learnings();
  if (!known.has(model.id) && known.size >= mostModels) known.clear();
  const learning = known.get(model.id) ?? {
    stored: model.calibration,
    lessons: [],
    current,
    isSaving: false,
  };
  known.set(model.id, learning);
  learning.current = current;
  learning.lessons = [...learning.lessons, lesson].slice(-mostLessons);
  if (learning.isSaving) return;
  learning.isSaving = true;
  setTimeout(() => void saving().run(1, () => save(model, learning)), saveEveryMs).unref();
}

async function save(model: LearningModel, learning: Learning): Promise<void> {
  const { lessons } = learning;
  try {
    const saved = await changeCalibration({ system: "calibration" }, model.id, (stored) =>
      learnAll(stored, lessons, model.name),
    );
    learning.lessons = learning.lessons.filter((lesson) => !lessons.includes(lesson));
    if (saved === null) learnings().delete(model.id);
    else {
      learning.stored = saved;
      learning.current = learnAll(saved, learning.lessons, model.name);
    }
  } catch (error) {
    logger().warn({ error, modelId: model.id }, "what a model's reports taught is not saved yet");
  }
  learning.isSaving = false;
}

function learnAll(known: Calibration, lessons: readonly Lesson[], modelName: string): Calibration {
  const expected = expectWeights(modelName);
  return lessons.reduce(
    (calibration, lesson) =>
      "report" in lesson
        ? learnReport(calibration, lesson.report, expected)
        : { ...calibration, window: lesson.window, windowAt: lesson.at, windowFor: lesson.for },
    known,
  );
}

function dropOldWindow(
  calibration: Calibration,
  { contextWindow }: Pick<LearningModel, "contextWindow">,
): Calibration {
  const { window, windowAt, windowFor } = calibration;
  if (window === null || windowAt === undefined) return calibration;
  const isOld =
    Date.parse(windowAt) < Date.now() - windowLifeMs ||
    (windowFor !== undefined && windowFor !== contextWindow);
  return isOld ? { ...calibration, window: null } : calibration;
}

import "server-only";
import type { DiagnosisStep } from "@/lib/contracts/diagnosis";
import { emptyCard } from "@/lib/contracts/cards";
import { reasoningEfforts, type ReasoningEffort } from "@/lib/contracts/parameters";
import type { Json } from "@/lib/domain/chat-completions/json";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import type { Asked } from "@/lib/domain/diagnosis/judge-abilities";
import { judgeEffort } from "@/lib/domain/diagnosis/judge-parameters";
import { ask, thinkProbe } from "@/lib/domain/diagnosis/probes";
import type { TestTarget } from "./ask-provider";
import type { Prober } from "./prober";

type Written = { effort: ReasoningEffort; fields: Json };

/**
 * The fields that say how much to think, for every effort that has its own in this dialect. Where a
 * dialect writes steps only for models that are known to have them, those come first and the plain
 * switch behind them.
 */
export function writeEfforts({ kind, modelName }: TestTarget): Written[] {
  const name = modelName ?? "";
  const card = settleCard(kind, name, emptyCard);
  const written = [{ ...card, reasoningEfforts: [...reasoningEfforts] }, card].flatMap((known) =>
    reasoningEfforts.flatMap((effort): Written[] => {
      const form = findDialect(kind).writeEffort(effort, { modelName: name, card: known });
      return form?.isExact === true ? [{ effort, fields: form.fields }] : [];
    }),
  );
  const seen = new Set<string>();
  return written.filter(({ fields }) => {
    const key = JSON.stringify(fields);
    return seen.size < seen.add(key).size;
  });
}

type Tried = { effort: ReasoningEffort; asked: Asked; isEffective: boolean };

/**
 * Finds out which efforts are taken. A server that takes a made-up one too heeds none; that `none`
 * is heeded shows where thoughts are shown.
 */
export async function findEfforts(
  prober: Prober,
  written: readonly Written[],
  limits: { tiny: Json; roomy: Json },
): Promise<DiagnosisStep> {
  if (prober.reasoning === null || written.length === 0)
    return judgeEffort([], { isIgnored: true });
  const isIgnored = await isMadeUpTaken(prober, written, limits.tiny);
  const tried: Tried[] = [];
  for (const { effort, fields } of written) {
    // Of a server that heeds no effort, a switch beside it may still be heeded.
    if (isIgnored && "reasoning_effort" in fields) continue;
    if (tried.some((one) => one.effort === effort && isTaken(one))) continue;
    const asked = await prober.ask(
      effort === "none"
        ? { ...thinkProbe, ...fields, ...limits.roomy }
        : ask("Say: one.", { ...fields, ...limits.tiny }),
    );
    if (typeof asked === "string")
      return judgeEffort(tried, { isIgnored, ...(tried.length === 0 ? { reason: asked } : {}) });
    const isEffective = effort !== "none" || asked.reasoning === null;
    tried.push({ effort, asked, isEffective });
  }
  return judgeEffort(tried, { isIgnored });
}

async function isMadeUpTaken(prober: Prober, written: readonly Written[], limit: Json) {
  const known = written.find(({ fields }) => "reasoning_effort" in fields)?.fields;
  if (known === undefined) return false;
  const asked = await prober.ask(
    ask("Say: one.", { ...known, reasoning_effort: "whatever", ...limit }),
  );
  return typeof asked !== "string" && asked.isOk;
}

const isTaken = ({ asked, isEffective }: Tried) =>
  typeof asked !== "string" && asked.isOk && isEffective;

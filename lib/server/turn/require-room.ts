import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import { plainBranchContext } from "@/lib/contracts/context";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { AppError } from "@/lib/domain/errors/app-error";
import type { ResolvedAlias } from "../db/aliases";
import type { HistoryMessage } from "../db/branch-history";
import { readTurnSettings } from "../db/turn-settings";
import { planCall } from "../models/fit-call";
import { gatherContext } from "./gather-context";

// No system prompt that may be stored fills half of such a window.
const ampleWindow = 64_000;

/**
 * Refuses a message that does not fit any of the models asked, not even alone with the system
 * prompt, before anything of it is stored. Where a window is ample or unknown nothing is looked up:
 * then the gate has the last word.
 *
 * @throws AppError `context_too_long` with `tokens` and `limit`.
 */
export async function requireRoom(
  actor: Actor,
  turn: ChatTurn,
  question: Omit<HistoryMessage, "role">,
  { settings, aliases }: { settings: InstanceSettings; aliases: readonly ResolvedAlias[] },
): Promise<void> {
  const targets = aliases.flatMap((alias) => alias.targets);
  const windows = targets.map(({ contextWindow }) => contextWindow ?? ampleWindow);
  if (Math.max(...windows) >= ampleWindow) return;
  const stored = await readTurnSettings(actor, turn.id);
  const { systemPrompt = stored.systemPrompt, parameters = stored.parameters } =
    turn.settings ?? {};
  const context = gatherContext(
    actor,
    systemPrompt ?? stored.userSystemPrompt ?? settings.systemPrompt,
    {
      history: [{ ...question, role: "user" }],
      isWhole: true,
      context: plainBranchContext,
      policy: settings.contextPolicy,
      policyFrom: "instance",
      summary: null,
    },
  );
  const call = { context, parameters: dropUndefined({ ...parameters, n: undefined }) };
  const plans = targets.map((model) => planCall(call, model));
  const refusals = plans.flatMap((plan) => ("sent" in plan ? [] : [plan]));
  if (refusals.length < plans.length) return;
  const [largest] = refusals.toSorted((one, other) => other.limit - one.limit);
  if (largest === undefined) return;
  const { tokens, limit } = largest;
  throw new AppError("context_too_long", { details: { tokens, limit } });
}

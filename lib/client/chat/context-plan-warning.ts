import type { ContextPlanView, PlanWarning } from "@/lib/contracts/context";
import type { ModelOption } from "@/lib/contracts/providers";

/** The most important first. */
const byWeight: readonly PlanWarning[] = [
  "draft_shortened",
  "pins_left_out",
  "forgetting",
  "nearly_full",
  "summary_stale",
  "dear",
  "window_unknown",
];

/** They say the same thing more or less strongly: who has read one needs none of the weaker. */
const ofRoom: readonly PlanWarning[] = ["forgetting", "nearly_full"];

/** What a warning is remembered by once it was dismissed: said once for each conversation. */
export function warningKey(warning: PlanWarning, conversationId: string): string {
  return `${conversationId}:${warning}`;
}

/** The one warning to show, if any. */
export function findShownWarning(
  { warnings }: Pick<ContextPlanView, "warnings">,
  isDismissed: (warning: PlanWarning) => boolean,
  isAdmin: boolean,
): PlanWarning | null {
  return (
    byWeight.find(
      (warning) =>
        warnings.includes(warning) &&
        !isDismissed(warning) &&
        // Only an admin can do something about it.
        (warning !== "window_unknown" || isAdmin),
    ) ?? null
  );
}

/** What is dismissed together with a warning. */
export function dismissedWith(warning: PlanWarning): readonly PlanWarning[] {
  return ofRoom.includes(warning) ? ofRoom : [warning];
}

/** The smallest of the larger models that can be picked here without another key. */
export function findLargerModel(
  { largerModels }: Pick<ContextPlanView, "largerModels">,
  models: readonly Pick<ModelOption, "id" | "needsOwnKey">[],
): ContextPlanView["largerModels"][number] | undefined {
  const usable = new Set(models.flatMap(({ id, needsOwnKey }) => (needsOwnKey ? [] : [id])));
  return largerModels.find(({ id }) => usable.has(id));
}

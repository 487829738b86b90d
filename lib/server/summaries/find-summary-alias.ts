import "server-only";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { resolveAlias, type ResolvedAlias } from "../db/aliases";

/**
 * Who writes summaries: the alias that is asked for, else the admin's choice, else the
 * conversation's, else the default.
 *
 * @throws AppError `no_model`, also when the one asked for is not on offer.
 */
export async function findSummaryAlias(
  actor: Actor,
  conversationId: string,
  { summaryModelId }: InstanceSettings,
  asked: string | null = null,
): Promise<ResolvedAlias> {
  const chosen = asked ?? summaryModelId;
  const alias = chosen === null ? null : await resolveAlias(actor, chosen);
  if (alias !== null) return alias;
  const fallback = asked === null ? await resolveAlias(actor, null, conversationId) : null;
  if (fallback === null) throw new AppError("no_model");
  return fallback;
}

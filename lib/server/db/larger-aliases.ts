import "server-only";
import type { ContextPlanView } from "@/lib/contracts/context";
import { providerKinds, type ProviderKind } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { fillLimits } from "@/lib/domain/dialects/fill-limits";
import { db } from "./client";

type Row = {
  id: string;
  alias: string;
  kind: string;
  name: string;
  contextWindow: number | null;
};

/** Aliases on offer whose first model has a larger window, the smallest of them first. */
export async function findLargerAliases(
  _actor: Actor,
  window: number,
  most: number,
): Promise<ContextPlanView["largerModels"]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT a.id, a.name AS alias, first.kind, first.name, first.context_window AS "contextWindow"
    FROM aliases a CROSS JOIN LATERAL (
      SELECT p.kind, m.name, m.context_window
      FROM alias_targets t
      JOIN models m ON m.id = t.model_id AND m.is_enabled
      JOIN providers p ON p.id = m.provider_id AND p.is_enabled
      WHERE t.alias_id = a.id ORDER BY t.position LIMIT 1) first
    WHERE a.is_enabled AND first.kind <> 'demo'
    ORDER BY a.position, a.created_at, a.id`;
  return rows
    .flatMap(({ id, alias, kind, ...model }) => {
      const { contextWindow } = fillLimits(toKind(kind), { ...model, maxOutputTokens: null });
      return contextWindow !== null && contextWindow > window
        ? [{ id, name: alias, window: contextWindow }]
        : [];
    })
    .toSorted((one, other) => one.window - other.window)
    .slice(0, most);
}

const toKind = (kind: string): ProviderKind =>
  providerKinds.find((known) => known === kind) ?? "openai-compatible";

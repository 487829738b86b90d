import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { newId } from "../ids";

// Any number; what matters is that every change of what is on offer takes the same lock.
const offerLock = 7_205_001;

/**
 * Lets one transaction at a time change what people can pick. Without it, two admins who choose a
 * default at the same moment would both succeed, and there would be two.
 */
export async function lockOffer(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${offerLock})`;
}

/**
 * Puts the aliases in order: those that lost their last model with it are gone, unless somebody
 * made them; and exactly one of those on offer is the default: the one that is, else the first that
 * is no demo, else the first. On offer is what is enabled and has a model that is, at a provider
 * that is.
 */
export async function settleOffer(tx: Prisma.TransactionClient): Promise<void> {
  // A model's own alias has the model's id.
  await tx.$executeRaw`
    DELETE FROM aliases a
    WHERE NOT EXISTS (SELECT 1 FROM alias_targets t WHERE t.alias_id = a.id)
      AND a.is_own`;
  await tx.$executeRaw`
    UPDATE aliases SET is_default = (aliases.id IS NOT DISTINCT FROM chosen.id), updated_at = now()
    FROM (SELECT (
      SELECT a.id FROM aliases a
      JOIN alias_targets t ON t.alias_id = a.id
      JOIN models m ON m.id = t.model_id AND m.is_enabled
      JOIN providers p ON p.id = m.provider_id AND p.is_enabled
      WHERE a.is_enabled
      ORDER BY a.is_default DESC, (p.kind = 'demo'), a.position, a.created_at, a.id
      LIMIT 1
    ) AS id) chosen
    WHERE aliases.is_default <> (aliases.id IS NOT DISTINCT FROM chosen.id)`;
}

/**
 * Stores models, each with an alias of its own at the end of the list; those that are there already
 * stay as they are. A fixed number of statements, since a provider may have hundreds.
 */
export async function insertModels(
  tx: Prisma.TransactionClient,
  provider: { id: string; name: string },
  models: readonly NewModel[],
): Promise<void> {
  const names = models.map(({ name }) => name);
  const known = await tx.model.findMany({
    where: { providerId: provider.id, name: { in: names } },
    select: { name: true },
  });
  const seen = new Set(known.map(({ name }) => name));
  const rows = models
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .map((model) => ({ ...model, id: newId(), providerId: provider.id }));
  if (rows.length === 0) return;
  const aliases = await tx.alias.findMany({ select: { name: true, position: true } });
  const taken = new Set(aliases.map(({ name }) => name));
  const last = Math.max(-1, ...aliases.map(({ position }) => position));
  await tx.model.createMany({ data: rows });
  await tx.alias.createMany({
    data: rows.map(({ id, label }, index) => {
      const name = findFreeName(taken, label, provider.name);
      taken.add(name);
      return { id, name, isOwn: true, position: last + 1 + index };
    }),
  });
  await tx.aliasTarget.createMany({
    data: rows.map(({ id }) => ({ aliasId: id, modelId: id, position: 0 })),
  });
}

/** A model to store: its id at the provider, and what is known of it. */
export type NewModel = {
  name: string;
  label: string;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  card: Prisma.InputJsonObject;
};

function findFreeName(taken: ReadonlySet<string>, label: string, providerName: string): string {
  for (let number = 1; ; number += 1) {
    const name = nameFor(label, providerName, number);
    if (!taken.has(name)) return name;
  }
}

function nameFor(label: string, providerName: string, number: number): string {
  if (number === 1) return label;
  return number === 2
    ? `${label} · ${providerName}`
    : `${label} · ${providerName} ${String(number)}`;
}

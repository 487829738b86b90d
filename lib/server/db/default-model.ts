import "server-only";
import type { Prisma } from "@/generated/prisma/client";

// Any number; what matters is that every change of the default takes the same lock.
const defaultModelLock = 7_205_001;

/**
 * Lets one transaction at a time change which models are on offer. Without it, two admins who
 * choose a default at the same moment would both succeed, and there would be two.
 */
export async function lockDefaultModel(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${defaultModelLock})`;
}

/**
 * Makes exactly one of the models on offer the default: the one that is, else the oldest that is
 * no demo, else the oldest.
 */
export async function settleDefaultModel(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`
    UPDATE models SET is_default = (models.id = chosen.id), updated_at = now()
    FROM (
      SELECT m.id FROM models m JOIN providers p ON p.id = m.provider_id
      WHERE m.is_enabled AND p.is_enabled
      ORDER BY m.is_default DESC, (p.kind = 'demo'), m.created_at, m.id
      LIMIT 1
    ) chosen
    WHERE models.is_default <> (models.id = chosen.id)`;
}

import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { SystemActor } from "@/lib/domain/actor";
import type { ProviderTrouble } from "@/lib/domain/alerts/provider-trouble";
import { Prisma } from "@/generated/prisma/client";
import { newId } from "../ids";
import { db } from "./client";

/** For how long the same is not told again: by provider, or by model. */
export const quietMs: Record<ProviderTrouble, number> = {
  provider_no_credit: 10 * 60_000,
  provider_failing: 60 * 60_000,
};

/**
 * Tells that a provider has no credit, once in ten minutes, or that a model of it fails, once an
 * hour. @returns whether it was told now.
 */
export async function tellProviderTrouble(
  _system: SystemActor,
  {
    kind,
    modelId,
    errorCode,
  }: { kind: ProviderTrouble; modelId: string; errorCode: ErrorCode | null },
): Promise<boolean> {
  const isOfModel = kind === "provider_failing";
  const subject = isOfModel ? Prisma.sql`m.id` : Prisma.sql`p.id`;
  const told = isOfModel ? Prisma.sql`a.facts->>'modelId'` : Prisma.sql`a.facts->>'providerId'`;
  const quiet = Prisma.sql`${quietMs[kind] / 1000}::float8`;
  // The key is for those who tell it at the same moment.
  const count = await db().$executeRaw`
    INSERT INTO alerts (id, kind, once_key, facts)
    SELECT ${newId()}, ${kind},
      concat_ws(':', ${kind}::text, ${subject}, floor(extract(epoch FROM now()) / ${quiet})),
      jsonb_build_object('providerId', p.id, 'providerName', p.name,
        'modelId', CASE WHEN ${isOfModel} THEN m.id END,
        'modelName', CASE WHEN ${isOfModel} THEN m.label END, 'errorCode', ${errorCode}::text)
    FROM models m JOIN providers p ON p.id = m.provider_id
    WHERE m.id = ${modelId} AND NOT EXISTS (
      SELECT 1 FROM alerts a
      WHERE a.kind = ${kind} AND a.created_at > now() - make_interval(secs => ${quiet})
        AND ${told} = ${subject})
    ON CONFLICT (once_key) DO NOTHING`;
  return count > 0;
}

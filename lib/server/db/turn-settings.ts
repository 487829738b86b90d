import "server-only";
import { parametersSchema, type Parameters } from "@/lib/contracts/parameters";
import type { Actor } from "@/lib/domain/actor";
import { db } from "./client";

/** What a conversation of the actor's, or they themselves, have set for its turns. */
export async function readTurnSettings(
  actor: Actor,
  conversationId: string,
): Promise<{
  systemPrompt: string | null;
  userSystemPrompt: string | null;
  parameters: Parameters | null;
}> {
  const [row] = await db().$queryRaw<
    { systemPrompt: string | null; userSystemPrompt: string | null; parameters: unknown }[]
  >`
    SELECT c.system_prompt AS "systemPrompt", u.system_prompt AS "userSystemPrompt", c.parameters
    FROM users u LEFT JOIN conversations c
      ON c.id = ${conversationId} AND c.user_id = u.id AND c.deleted_at IS NULL
    WHERE u.id = ${actor.userId}`;
  return {
    systemPrompt: row?.systemPrompt ?? null,
    userSystemPrompt: row?.userSystemPrompt ?? null,
    parameters: parametersSchema
      .nullable()
      .catch(null)
      .parse(row?.parameters ?? null),
  };
}

import "server-only";
import { isAdmin, type Actor, type SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";

/**
 * The second lock on what belongs to the instance and to no user: the route checks the role, and
 * so does the query. @throws AppError `forbidden` for a member.
 */
export function requireAdmin(actor: Actor | SystemActor): void {
  if ("userId" in actor && !isAdmin(actor)) throw new AppError("forbidden");
}

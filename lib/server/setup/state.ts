import "server-only";
import { hasModels } from "../db/models";
import { hasUsers } from "../db/users";

export type SetupStep = "account" | "model" | "done";

/**
 * The first question of the set-up that is still open: an account, then a model. Answered from
 * the database, so that a reload, or another browser, goes on where it was.
 */
export async function getSetupStep(): Promise<SetupStep> {
  const system = { system: "setup" };
  const [isPeopled, isConnected] = await Promise.all([hasUsers(system), hasModels(system)]);
  if (!isPeopled) return "account";
  return isConnected ? "done" : "model";
}

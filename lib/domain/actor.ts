/** Who acts: the proof of a session that every function of lib/server/db/ takes. */
export type Actor = {
  userId: string;
  role: "admin" | "member";
  /** The API key that was used; none in the browser. */
  keyId?: string | null;
};

/** The server acting for itself, at start and in the background; says why. */
export type SystemActor = { system: string };

export function isAdmin(actor: Actor): boolean {
  return actor.role === "admin";
}

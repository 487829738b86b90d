/** A route of the API: who may call it and whose row it touches. */
export type RouteEntry = {
  /** As the folder under app/api spells it. */
  path: string;
  /** A query that the route would take from the owner, with its question mark. */
  query?: string;
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  access: "public" | "user" | "admin";
  /** Whose row the `[id]` of the path, or the body, names; null where there is none. */
  resource: "conversation" | "message" | "attachment" | "instance" | null;
  /** What another user gets: a row that does not exist, or what an empty one would answer. */
  forOthers?: "not_found" | "empty";
  /** A body that the route would take from the owner. */
  body?: unknown;
};

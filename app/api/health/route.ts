import { apiHeaders } from "@/lib/server/http/to-response";

export const dynamic = "force-dynamic";

/** Alive: says nothing about the database, so that a balancer does not restart us for its sake. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: apiHeaders });
}

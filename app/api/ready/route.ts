import { apiHeaders } from "@/lib/server/http/to-response";
import { isReady } from "@/lib/server/start/ready";

export const dynamic = "force-dynamic";

/** Ready: the database is reachable and migrated, and the process is not stopping. */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return Response.json(
    { status: ready ? "ready" : "not ready" },
    { status: ready ? 200 : 503, headers: apiHeaders },
  );
}

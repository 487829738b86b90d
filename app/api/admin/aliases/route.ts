import { aliasCreateSchema } from "@/lib/contracts/aliases";
import { createAlias, findAliases } from "@/lib/server/db/aliases";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, async ({ actor }) => ({ aliases: await findAliases(actor) }));

export const POST = adminRoute({ body: aliasCreateSchema }, ({ actor, body }) =>
  createAlias(actor, body),
);

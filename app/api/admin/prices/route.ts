import { priceCreateSchema, pricesQuerySchema } from "@/lib/contracts/prices";
import { createPriceVersion, findPriceVersions } from "@/lib/server/db/prices";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({ query: pricesQuerySchema }, async ({ actor, query }) => ({
  versions: await findPriceVersions(actor, query.modelId),
}));

export const POST = adminRoute({ body: priceCreateSchema }, async ({ actor, body }) => {
  const { timeZone } = await getInstanceSettings();
  return { versions: await createPriceVersion(actor, body, timeZone) };
});

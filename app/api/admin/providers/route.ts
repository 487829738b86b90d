import { providerCreateSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { connectProvider, listProviders } from "@/lib/server/providers/manage-providers";

export const GET = adminRoute({}, async ({ actor }) => ({ providers: await listProviders(actor) }));

export const POST = adminRoute({ body: providerCreateSchema }, ({ actor, body }) =>
  connectProvider(actor, body),
);

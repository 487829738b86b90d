import { providerConnectionSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { testConnection } from "@/lib/server/providers/test-connection";

export const POST = adminRoute({ body: providerConnectionSchema }, ({ actor, body }) =>
  testConnection(actor, body),
);

import { registerSchema } from "@/lib/contracts/accounts";
import { register } from "@/lib/server/auth/register";
import { clientAddress } from "@/lib/server/http/client-address";
import { publicRoute } from "@/lib/server/http/route";

export const POST = publicRoute({ body: registerSchema }, ({ body, request }) =>
  register(body, clientAddress(request)),
);

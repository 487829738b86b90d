import { usersQuerySchema } from "@/lib/contracts/accounts";
import { findUsers } from "@/lib/server/db/users";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({ query: usersQuerySchema }, ({ actor, query }) =>
  findUsers(actor, query),
);

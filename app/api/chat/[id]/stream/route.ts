import { idParamsSchema } from "@/lib/contracts/ids";
import { userRoute } from "@/lib/server/http/route";
import { resumeTurn } from "@/lib/server/turn/stream-turn";

export const GET = userRoute(
  { params: idParamsSchema },
  async ({ actor, params }) => (await resumeTurn(actor, params.id)) ?? undefined,
);

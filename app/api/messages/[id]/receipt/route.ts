import { idParamsSchema } from "@/lib/contracts/ids";
import type { Receipt } from "@/lib/contracts/receipts";
import { readReceipt } from "@/lib/server/db/receipts";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({ params: idParamsSchema }, ({ actor, params }): Promise<Receipt> =>
  readReceipt(actor, params.id),
);

import { idParamsSchema } from "@/lib/contracts/ids";
import type { Candidates } from "@/lib/contracts/messages";
import { figureCandidates } from "@/lib/domain/answer/candidate-figures";
import { findCandidates } from "@/lib/server/db/candidates";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({ params: idParamsSchema }, async ({ actor, params }) => {
  const found = await findCandidates(actor, params.id);
  const figures = figureCandidates(found.map(({ record }) => record));
  const candidates = found.map(({ message, modelId }, at) => ({
    message,
    modelId,
    figures: figures[at] ?? null,
  }));
  return { candidates } satisfies Candidates;
});

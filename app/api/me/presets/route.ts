import { parameterPresetCreateSchema } from "@/lib/contracts/parameters";
import { createParameterPreset, findParameterPresets } from "@/lib/server/db/parameter-presets";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({}, async ({ actor }) => ({
  presets: await findParameterPresets(actor),
}));

export const POST = userRoute({ body: parameterPresetCreateSchema }, ({ actor, body }) =>
  createParameterPreset(actor, body),
);

import { instanceSettingsPatchSchema } from "@/lib/contracts/settings";
import { getInstanceSettings, updateInstanceSettings } from "@/lib/server/db/settings";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, () => getInstanceSettings());

export const PATCH = adminRoute({ body: instanceSettingsPatchSchema }, ({ actor, body }) =>
  updateInstanceSettings(actor, body),
);

import * as z from "zod";
import { userRoute } from "@/lib/server/http/route";
import { takeUpload } from "@/lib/server/attachments/take-upload";

const query = z.strictObject({ name: z.string().max(1_000).default("") });

export const POST = userRoute({ query }, ({ actor, request, query: { name } }) =>
  takeUpload(actor, request, name),
);

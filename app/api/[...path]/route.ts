import { AppError } from "@/lib/domain/errors/app-error";
import { publicRoute } from "@/lib/server/http/route";

// What no other route answers: an error in the API's own form, not a page.
const refuse = publicRoute({}, () => {
  throw new AppError("not_found");
});

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };

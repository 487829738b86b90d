import { z } from "zod";
import { handleAuth } from "@/lib/server/auth/handler";
import { publicRoute } from "@/lib/server/http/route";

const params = z.object({ nextauth: z.array(z.string()) });

const answer = publicRoute({ params }, ({ params: { nextauth }, request }) =>
  handleAuth(request, nextauth),
);

export { answer as GET, answer as POST };

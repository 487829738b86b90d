import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Frame } from "@/components/frame/frame";
import { parseSidebar, preferenceCookies } from "@/lib/contracts/preferences";
import { isAdmin } from "@/lib/domain/actor";
import { asTimeZone } from "@/lib/domain/conversation/days";
import { findConversations } from "@/lib/server/db/conversations";
import { findActiveUser } from "@/lib/server/db/users";
import { buildId } from "@/lib/server/env";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";
import { readPagePath } from "@/lib/server/http/page-path";
import { readPreferences } from "@/lib/server/i18n/preferences";

const firstPageSize = 60;

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const path = await readPagePath();
  const actor = await requirePageActor(path);
  const [user, firstPage] = await whileDatabaseIsThere(path, () =>
    Promise.all([
      findActiveUser({ system: "frame" }, actor.userId),
      findConversations(actor, { limit: firstPageSize }),
    ]),
  );
  if (user === null) redirect("/sign-in");
  const { theme } = await readPreferences();
  const jar = await cookies();
  return (
    <Frame
      build={buildId()}
      user={{ id: user.id, name: user.name, email: user.email, isAdmin: isAdmin(actor) }}
      theme={theme}
      sidebar={parseSidebar(jar.get(preferenceCookies.sidebar)?.value)}
      timeZone={asTimeZone(jar.get(preferenceCookies.timeZone)?.value)}
      renderedAt={new Date().toISOString()}
      firstPage={firstPage}
    >
      {children}
    </Frame>
  );
}

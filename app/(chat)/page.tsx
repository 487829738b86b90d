import { ChatScreen } from "@/components/chat/chat-screen";
import { isAdmin } from "@/lib/domain/actor";
import { findModelOptions } from "@/lib/server/db/models";
import { findActiveUser } from "@/lib/server/db/users";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";

const path = "/";

export default async function NewConversationPage() {
  const actor = await requirePageActor(path);
  const [models, user] = await whileDatabaseIsThere(path, () =>
    Promise.all([findModelOptions(actor), findActiveUser({ system: "greeting" }, actor.userId)]),
  );
  return (
    <ChatScreen seed={null} models={models} userName={user?.name ?? ""} isAdmin={isAdmin(actor)} />
  );
}

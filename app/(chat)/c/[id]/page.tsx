import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ConversationScreen } from "@/components/chat/conversation-screen";
import { isAdmin, type Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { requireWholeConversation } from "@/lib/server/db/conversations";
import { findMessages } from "@/lib/server/db/messages";
import { findModelOptions } from "@/lib/server/db/models";
import { findActiveUser } from "@/lib/server/db/users";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";

/** Enough to fill a page; earlier messages come as soon as it is at rest. */
const firstMessages = 12;

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { conversation } = await loadPage((await params).id);
  return { title: conversation.title };
}

export default async function ConversationPage({ params }: Props) {
  const { id } = await params;
  const { actor, conversation, page } = await loadPage(id);
  const [models, user] = await whileDatabaseIsThere(pathOf(id), () =>
    Promise.all([findModelOptions(actor), findActiveUser({ system: "greeting" }, actor.userId)]),
  );
  return (
    <ConversationScreen
      seed={{ conversation, page }}
      models={models}
      userName={user?.name ?? ""}
      isAdmin={isAdmin(actor)}
    />
  );
}

const loadPage = cache(async (id: string) => {
  const actor = await requirePageActor(pathOf(id));
  const seed = await whileDatabaseIsThere(pathOf(id), () => loadSeed(actor, id));
  if (seed === null) notFound();
  return { actor, ...seed };
});

async function loadSeed(actor: Actor, id: string) {
  try {
    const [conversation, page] = await Promise.all([
      requireWholeConversation(actor, id),
      findMessages(actor, id, { limit: firstMessages }),
    ]);
    return { conversation, page };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

function pathOf(id: string): string {
  return `/c/${encodeURIComponent(id)}`;
}

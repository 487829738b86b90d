import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MissingConversation } from "@/components/chat/missing-conversation";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("chat.notFound");
  return { title: translate("title") };
}

export default function ConversationNotFound() {
  return <MissingConversation />;
}

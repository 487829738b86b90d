"use client";

import { SidebarButton } from "@/components/ui/sidebar-button";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { CandidateCompare } from "./candidate-compare";
import { ConversationMenu } from "./conversation-menu";
import { ModelPicker } from "./model-picker";
import { ParameterButton } from "./parameter-button";
import { TitleEditor } from "./title-editor";

export function TopBar() {
  const isSaved = useConversation((state) => state.isSaved);
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 px-2 sm:px-3">
      <SidebarButton />
      <div className="flex min-w-0 flex-1 items-center">{isSaved && <TitleEditor />}</div>
      <ModelPicker />
      <CandidateCompare />
      <ParameterButton />
      <ConversationMenu />
    </header>
  );
}

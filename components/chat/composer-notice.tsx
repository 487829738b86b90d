"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { useChatContext, useCurrentModel } from "./chat-context";

/** What stands in the way of sending, in a sentence above the composer. */
export function ComposerNotice() {
  const translate = useTranslations("chat");
  const sayError = useErrorSentence();
  const store = useConversationStore();
  const pathname = usePathname();
  const notice = useConversation((state) => state.notice);
  const { isAdmin } = useChatContext();
  const { model, isReplaced } = useCurrentModel();

  if (notice !== null) {
    return (
      <Line role="alert">
        <span className="flex-1">
          {sayError(notice.code, notice.details)}{" "}
          {notice.code === "unauthorized" && (
            <Link href={`/sign-in?next=${encodeURIComponent(pathname)}`}>
              {translate("composer.signIn")}
            </Link>
          )}
        </span>
        <IconButton
          size="sm"
          label={translate("composer.dismiss")}
          onClick={() => {
            store.patch({ notice: null });
          }}
        >
          <X aria-hidden />
        </IconButton>
      </Line>
    );
  }
  if (model === null) {
    return (
      <Line>
        <span>
          {translate(isAdmin ? "composer.noModelAdmin" : "composer.noModel")}{" "}
          {isAdmin && <Link href="/settings">{translate("composer.connect")}</Link>}
        </span>
      </Line>
    );
  }
  if (isReplaced) return <Line>{translate("model.unavailable", { name: model.label })}</Line>;
  return null;
}

function Line({ role, children }: { role?: "alert"; children: ReactNode }) {
  return (
    <div role={role} className="flex items-center gap-2 px-2 pb-2 text-ui text-ink-soft">
      {children}
    </div>
  );
}

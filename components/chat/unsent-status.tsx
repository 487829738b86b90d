"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";

/** Under a message that the server does not have: why, and what can be done. */
export function UnsentStatus() {
  const translate = useTranslations("chat.unsent");
  const sayError = useErrorSentence();
  const store = useConversationStore();
  const pathname = usePathname();
  const turn = useConversation((state) => state.turn);
  if (turn.phase !== "unsent") return null;
  const { failure, isRetrying } = turn;
  return (
    <div role="status" className="flex max-w-[85%] flex-col items-end gap-1.5 text-ui">
      <p className="text-end text-ink-soft">
        <span className={isRetrying ? "text-warn" : "text-bad"}>
          {translate(isRetrying ? "retrying" : "failed")}
        </span>{" "}
        {sayError(failure.code, failure.details)}
      </p>
      <div className="flex gap-2">
        <Button variant="ghost" size="sm" onClick={store.takeBack}>
          {translate("takeBack")}
        </Button>
        {failure.code === "unauthorized" ? (
          <Button size="sm" asChild>
            <Link isPlain href={`/sign-in?next=${encodeURIComponent(pathname)}`}>
              {translate("signIn")}
            </Link>
          </Button>
        ) : (
          <Button size="sm" onClick={store.retryUnsent}>
            {translate(isRetrying ? "tryNow" : "retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

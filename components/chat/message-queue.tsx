"use client";

import { ArrowUp, Image as ImageIcon, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, type MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { QueuedMessage } from "@/lib/client/chat/message-queue";
import { useMessageQueue, useQueueState, useQueueView } from "@/lib/client/chat/use-message-queue";
import { showToast } from "@/lib/client/toasts";

/**
 * What is written already and goes out after the answer that is under way.
 *
 * @param onLeft a row is gone, and with it the button that the keyboard was on.
 */
export function MessageQueue({ onLeft }: { onLeft: () => void }) {
  const translate = useTranslations("chat.queue");
  const queue = useMessageQueue();
  const { items, sendingId, isKept } = useQueueView();
  const state = useQueueState();
  const waiting = items.filter(({ id }) => id !== sendingId);

  // What waited while the page was closed.
  useEffect(() => {
    queue.look();
  }, [queue]);

  const isHeld = state === "held";
  const sentence = [
    isHeld ? translate("held") : translate("waiting", { count: waiting.length }),
    ...(isKept ? [] : [translate("notKept")]),
  ].join(" ");
  return (
    <>
      <p role="status" className="sr-only">
        {waiting.length > 0 && sentence}
      </p>
      {waiting.length > 0 && (
        <section
          aria-label={translate("label")}
          className="mb-2 rounded-card border border-line bg-surface p-1"
        >
          {(isHeld || !isKept) && (
            <p aria-hidden className="px-2.5 py-1 text-small text-ink-soft">
              {sentence}
            </p>
          )}
          <ol className="flex max-h-[30dvh] flex-col overflow-y-auto">
            {waiting.map((item, at) => (
              <Row key={item.id} item={item} isHeld={isHeld} isFirst={at === 0} onLeft={onLeft} />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

type RowProps = { item: QueuedMessage; isHeld: boolean; isFirst: boolean; onLeft: () => void };

function Row({ item, isHeld, isFirst, onLeft }: RowProps) {
  const translate = useTranslations("chat.queue");
  const queue = useMessageQueue();
  const translateImages = useTranslations("images");
  const text = item.text.slice(0, shownCharacters);
  const images = item.images ?? [];
  const sendNow = (event: MouseEvent) => {
    void queue.sendNow(item.id);
    if (isByKeyboard(event)) onLeft();
  };
  const remove = (event: MouseEvent) => {
    const undo = queue.remove(item.id);
    if (isByKeyboard(event)) onLeft();
    showToast({
      text: translate("removed"),
      action: { label: translate("undo"), onSelect: undo },
    });
  };
  return (
    <li className="flex min-h-9 items-center gap-0.5 rounded-control ps-2.5 pe-1">
      <p className="min-w-0 flex-1 truncate text-ui text-ink-soft" title={text}>
        {images.length > 0 && (
          <span className="me-2 inline-flex items-center gap-1 align-middle">
            <ImageIcon aria-hidden className="size-4" />
            {translateImages("ofMessage", { count: images.length })}
          </span>
        )}
        {text}
      </p>
      {isHeld && isFirst ? (
        <Button size="sm" onClick={sendNow}>
          {translate("send")}
        </Button>
      ) : (
        <IconButton size="sm" label={translate(isHeld ? "sendFirst" : "sendNow")} onClick={sendNow}>
          <ArrowUp aria-hidden />
        </IconButton>
      )}
      <IconButton
        size="sm"
        label={translate("edit")}
        onClick={() => {
          queue.edit(item.id);
        }}
      >
        <Pencil aria-hidden />
      </IconButton>
      <IconButton size="sm" label={translate("remove")} onClick={remove}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

/** A key counts no clicks. On a phone, the focus would bring up the keyboard. */
const isByKeyboard = (event: MouseEvent) => event.detail === 0;

/** As much as a line can show of it, and a hint on pointing at it. */
const shownCharacters = 400;

"use client";

import { CircleCheck, CircleOff, CornerLeftUp, Pin, PinOff, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { MenuItem } from "@/components/ui/menu";
import { usePlanState } from "@/lib/client/chat/use-context-plan";
import { usePlanActions } from "@/lib/client/chat/use-plan-actions";
import type { Message } from "@/lib/contracts/messages";

/** What can be said about a message and the turns to come, in its own menu. */
export function MessageMarks({ message: { id, context } }: { message: Message }) {
  const translate = useTranslations("context.marks");
  const { changeMark, setStart } = usePlanActions();
  const isStart = usePlanState((state) => state.plan?.startId === id);
  const isPinned = context === "pinned";
  const isExcluded = context === "excluded";
  return (
    <>
      <MenuItem
        icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        onSelect={() => void changeMark(id, isPinned ? "auto" : "pinned", context)}
      >
        {translate(isPinned ? "keepNot" : "keep")}
      </MenuItem>
      <MenuItem
        icon={isExcluded ? <CircleCheck aria-hidden /> : <CircleOff aria-hidden />}
        onSelect={() => void changeMark(id, isExcluded ? "auto" : "excluded", context)}
      >
        {translate(isExcluded ? "leaveOutNot" : "leaveOut")}
      </MenuItem>
      <MenuItem
        icon={isStart ? <Undo2 aria-hidden /> : <CornerLeftUp aria-hidden />}
        onSelect={() => void setStart(isStart ? null : id)}
      >
        {translate(isStart ? "startOver" : "startHere")}
      </MenuItem>
    </>
  );
}

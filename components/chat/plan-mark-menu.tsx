"use client";

import { CircleOff, CircleDashed, CornerLeftUp, Ellipsis, Pin, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  Menu,
  MenuChoice,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/menu";
import { IconButton } from "@/components/ui/icon-button";
import type { ContextMark, PlanEntry } from "@/lib/contracts/context";
import { usePlanActions } from "@/lib/client/chat/use-plan-actions";

const icons = { auto: CircleDashed, pinned: Pin, excluded: CircleOff };
const marks: readonly ContextMark[] = ["auto", "pinned", "excluded"];

type PlanMarkMenuProps = {
  entry: PlanEntry;
  isStart: boolean;
  onTouch: () => void;
};

/** Whether a message goes along is the plan's to say, or one's own. */
export function PlanMarkMenu({ entry, isStart, onTouch }: PlanMarkMenuProps) {
  const translate = useTranslations("context.marks");
  const { messageId, mark } = entry;
  const { changeMark, setStart } = usePlanActions();
  const Icon = mark === "auto" ? Ellipsis : icons[mark];
  return (
    <Menu>
      <MenuTrigger>
        <IconButton
          size="sm"
          label={translate("menu", { mark: translate(mark) })}
          className={`mt-1.5 pointer-coarse:mt-0 pointer-coarse:size-11 ${mark === "auto" ? "" : "text-accent!"}`}
        >
          <Icon aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuChoice
          label={translate("label")}
          value={mark}
          onValueChange={(next) => {
            onTouch();
            void changeMark(messageId, next, mark);
          }}
          options={marks.map((value) => {
            const ChoiceIcon = icons[value];
            return {
              value,
              label: translate(value),
              hint: translate(`${value}Hint`),
              icon: <ChoiceIcon aria-hidden className="text-ink-soft" />,
            };
          })}
        />
        <MenuSeparator />
        {isStart ? (
          <MenuItem icon={<Undo2 aria-hidden />} onSelect={() => void setStart(null)}>
            {translate("startOver")}
          </MenuItem>
        ) : (
          <MenuItem icon={<CornerLeftUp aria-hidden />} onSelect={() => void setStart(messageId)}>
            {translate("startHere")}
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}

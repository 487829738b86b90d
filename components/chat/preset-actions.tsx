"use client";

import { BookmarkPlus, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { ParameterPreset } from "@/lib/contracts/parameters";

type PresetActionsProps = {
  /** What is set is worth a name. */
  canSave: boolean;
  /** One's own preset that is in use. */
  mine: ParameterPreset | undefined;
  /** The one that was, before somebody changed something. */
  changed: ParameterPreset | undefined;
  onSave: () => void;
  onUpdate: (preset: ParameterPreset) => void;
  onRename: (preset: ParameterPreset) => void;
  onRemove: (preset: ParameterPreset) => void;
};

/** What can be done with what is set, or with the preset that it is. */
export function PresetActions(props: PresetActionsProps) {
  const { canSave, mine, changed, onSave, onUpdate, onRename, onRemove } = props;
  const translate = useTranslations("parameters.presets");
  if (mine !== undefined) {
    return (
      <div className="flex items-center gap-1">
        <span className="min-w-0 truncate text-small text-ink-faint">{mine.name}</span>
        <IconButton
          size="sm"
          label={translate("rename", { name: mine.name })}
          onClick={() => {
            onRename(mine);
          }}
        >
          <Pencil aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label={translate("delete", { name: mine.name })}
          onClick={() => {
            onRemove(mine);
          }}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    );
  }
  if (!canSave) return null;
  return (
    <div className="-ms-3 flex flex-wrap items-center gap-1">
      <Button size="sm" variant="ghost" onClick={onSave}>
        <BookmarkPlus aria-hidden />
        {translate("save")}
      </Button>
      {changed !== undefined && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            onUpdate(changed);
          }}
        >
          <RefreshCw aria-hidden />
          <span className="max-w-40 truncate">{translate("update", { name: changed.name })}</span>
        </Button>
      )}
    </div>
  );
}

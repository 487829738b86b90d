"use client";

import { Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { MenuItem } from "@/components/ui/menu";
import type { Alias, AliasPatch } from "@/lib/contracts/aliases";
import type { Model } from "@/lib/contracts/providers";
import { deleteAlias, patchAlias } from "./alias-api";
import { AliasDialog } from "./alias-dialog";
import { AliasTargets } from "./alias-targets";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";
import { MoveButtons } from "./move-buttons";
import { SavedSwitch } from "./saved-switch";
import { useSave } from "./use-save";

type Props = {
  alias: Alias;
  models: Model[];
  place: { index: number; count: number };
  onMove: (to: number) => void;
  onChanged: () => Promise<void>;
};

/** One name of the list: what it stands for, whether it is offered, and where it comes. */
export function AliasRow({ alias, models, place, onMove, onChanged }: Props) {
  const translate = useTranslations("aliases");
  const save = useSave();
  const { id, name, description, isEnabled, isDefault, targets } = alias;
  const isOnOffer = isEnabled && targets.some((target) => target.isEnabled);

  const patch = async (body: AliasPatch) => {
    await patchAlias(id, body);
    await onChanged();
  };
  const makeDefault = () =>
    save({ change: () => patch({ isDefault: true }), text: translate("nowDefault", { name }) });

  return (
    <ItemRow
      start={
        <MoveButtons
          name={name}
          {...place}
          onMove={onMove}
          className="-ms-1.5 mt-1 -mb-2 flex-col opacity-40 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        />
      }
      controls={
        <>
          <SavedSwitch
            isOn={isEnabled}
            aria-label={translate("offer", { name })}
            onSave={(isOn) => patch({ isEnabled: isOn })}
          />
          <ItemMenu
            label={translate("moreOf", { name })}
            edit={{
              dialog: (onOpenChange) => (
                <AliasDialog
                  alias={alias}
                  models={models}
                  onOpenChange={onOpenChange}
                  onSave={patch}
                />
              ),
            }}
            removal={{
              label: translate("remove"),
              title: translate("removeTitle", { name }),
              text: translate("removeText", { isDefault: String(isDefault) }),
              doneText: translate("removed", { name }),
              onRemove: () => deleteAlias(id),
              onRemoved: onChanged,
            }}
          >
            {isOnOffer && !isDefault && (
              <MenuItem icon={<Star aria-hidden />} onSelect={() => void makeDefault()}>
                {translate("makeDefault")}
              </MenuItem>
            )}
          </ItemMenu>
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
        <span className="min-w-0 break-words">{name}</span>
        {isDefault && (
          <span className="rounded-control bg-accent-soft px-1.5 py-px text-small font-normal text-accent">
            {translate("default")}
          </span>
        )}
        {!isEnabled && (
          <span className="text-small font-normal text-ink-faint">{translate("hidden")}</span>
        )}
      </p>
      {description !== "" && (
        <p className="mt-0.5 text-pretty break-words text-ink-soft">{description}</p>
      )}
      <AliasTargets alias={alias} />
    </ItemRow>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { startTransition, useOptimistic, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Alias } from "@/lib/contracts/aliases";
import type { Model } from "@/lib/contracts/providers";
import { createAlias, patchAlias } from "./alias-api";
import { AliasDialog } from "./alias-dialog";
import { AliasRow } from "./alias-row";
import { ItemAdd } from "./item-add";
import { moveItem } from "./move-item";
import { SettingsSection } from "./settings-section";
import { useSave } from "./use-save";

type Props = { aliases: Alias[]; models: Model[]; onChanged: () => Promise<void> };

// A provider may bring dozens; the first of them are what people see.
const shownAtFirst = 12;

/** The names that people pick, in the order of their list, with the models behind each. */
export function AliasSection({ aliases, models, onChanged }: Props) {
  const translate = useTranslations("aliases");
  const save = useSave();
  const [isWhole, setIsWhole] = useState(false);
  const [ordered, showOrder] = useOptimistic(aliases);
  const shown = isWhole ? ordered : ordered.slice(0, shownAtFirst);

  const move = (alias: Alias, from: number, to: number) => {
    const put = async (position: number) => {
      await patchAlias(alias.id, { position });
      await onChanged();
    };
    startTransition(async () => {
      showOrder(moveItem(ordered, from, to));
      await save({
        change: () => put(to),
        undo: () => put(from),
        text: translate("moved", { name: alias.name, place: to + 1, count: ordered.length }),
      });
    });
  };

  return (
    <SettingsSection
      title={translate("title")}
      text={translate("text")}
      action={
        <ItemAdd
          label={translate("add")}
          isDisabled={models.length === 0}
          dialog={(onOpenChange) => (
            <AliasDialog
              alias={null}
              models={models}
              onOpenChange={onOpenChange}
              onSave={async (draft) => {
                await createAlias(draft);
                await onChanged();
              }}
            />
          )}
        />
      }
    >
      {ordered.length === 0 ? (
        <p className="py-4 text-ink-soft">{translate("empty")}</p>
      ) : (
        <ol className="divide-y divide-line">
          {shown.map((alias, index) => (
            <AliasRow
              key={alias.id}
              alias={alias}
              models={models}
              place={{ index, count: ordered.length }}
              onMove={(to) => {
                move(alias, index, to);
              }}
              onChanged={onChanged}
            />
          ))}
        </ol>
      )}
      {shown.length < ordered.length && (
        <div className="py-3">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              setIsWhole(true);
            }}
          >
            {translate("showAll", { count: ordered.length })}
          </Button>
        </div>
      )}
    </SettingsSection>
  );
}

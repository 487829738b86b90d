"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { limits } from "@/lib/contracts/limits";
import type { Model } from "@/lib/contracts/providers";
import { ModelStateMark } from "./health-mark";
import { MoveButtons } from "./move-buttons";
import { moveItem } from "./move-item";

type Props = {
  /** Ids of models, in the order in which they are tried. */
  targets: string[];
  models: Model[];
  error: string | undefined;
  onChange: (targets: string[]) => void;
};

/** The models behind an alias: which, and in what order. */
export function AliasTargetsField({ targets, models, error, onChange }: Props) {
  const translate = useTranslations("aliases");
  const [said, setSaid] = useState("");
  const chosen = targets.flatMap((id) => models.find((model) => model.id === id) ?? []);

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="text-ui font-medium text-ink">{translate("targets")}</legend>
      <p className="text-small text-pretty text-ink-faint">{translate("failover")}</p>
      {chosen.length > 0 && (
        <ol className="divide-y divide-line border-y border-line">
          {chosen.map((model, index) => (
            <li key={model.id} className="flex items-center gap-2 py-1.5">
              <span aria-hidden className="w-5 text-center text-ink-faint tabular-nums">
                {index + 1}
              </span>
              <span className="min-w-0 flex-1">
                <span className="break-all text-ink">{model.label}</span>
                <span className="ms-2 text-small text-ink-faint">{model.providerName}</span>
                <ModelStateMark modelId={model.id} label={model.label} isTroubleOnly />
              </span>
              {chosen.length > 1 && (
                <MoveButtons
                  name={model.label}
                  index={index}
                  count={chosen.length}
                  onMove={(to) => {
                    onChange(moveItem(targets, index, to));
                    setSaid(translate("targetMoved", { name: model.label, place: to + 1 }));
                  }}
                />
              )}
              <IconButton
                size="sm"
                label={translate("targetRemove", { name: model.label })}
                onClick={() => {
                  onChange(targets.filter((id) => id !== model.id));
                  setSaid(translate("targetRemoved", { name: model.label }));
                }}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <AddTarget
        models={models.filter(({ id }) => !targets.includes(id))}
        isFull={targets.length >= limits.aliasTargets}
        onAdd={(model) => {
          onChange([...targets, model.id]);
          setSaid(translate("targetAdded", { name: model.label, place: targets.length + 1 }));
        }}
      />
      <p role="alert" className="text-small text-bad empty:hidden">
        {error}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
    </fieldset>
  );
}

type AddProps = { models: Model[]; isFull: boolean; onAdd: (model: Model) => void };

/** Chosen first and added by a button: with the keyboard a list changes on the way through it. */
function AddTarget({ models, isFull, onAdd }: AddProps) {
  const translate = useTranslations("aliases");
  const [wanted, setWanted] = useState("");
  const model = models.find(({ id }) => id === wanted) ?? models[0];

  if (isFull)
    return (
      <p className="text-small text-ink-faint">
        {translate("full", { count: limits.aliasTargets })}
      </p>
    );
  if (model === undefined) return null;
  return (
    <div className="flex items-center gap-2">
      <Select
        className="min-w-0 flex-1"
        value={model.id}
        aria-label={translate("targetChoose")}
        options={models.map(({ id, label, providerName, isEnabled }) => {
          const name = `${label} · ${providerName}`;
          return { value: id, label: isEnabled ? name : translate("targetOff", { name }) };
        })}
        onValueChange={setWanted}
      />
      <Button
        className="h-10"
        onClick={() => {
          onAdd(model);
        }}
      >
        <Plus aria-hidden />
        {translate("targetAdd")}
      </Button>
    </div>
  );
}

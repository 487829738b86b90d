"use client";

import { clsx } from "clsx";
import { BookmarkPlus, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { showToast } from "@/lib/client/toasts";
import { useComplaint } from "@/lib/client/use-conversation-actions";
import type { ParameterPreset, Parameters } from "@/lib/contracts/parameters";
import { applyBuiltIn, builtInPresets, matchPreset } from "@/lib/domain/parameters/presets";
import { isSameParameters } from "@/lib/domain/parameters/same-parameters";
import { PresetNameForm } from "./preset-name-form";
import { usePresets } from "./use-presets";

type PresetBarProps = {
  parameters: Parameters | null;
  /** Puts all of them in the place of what is set. */
  onApply: (parameters: Parameters | null) => void;
};

type Question = { kind: "save" } | { kind: "rename"; preset: ParameterPreset } | null;

/** Presets, one's own among them: which one is in use, and what can be done with it. */
export function PresetBar({ parameters, onApply }: PresetBarProps) {
  const translate = useTranslations("parameters.presets");
  const presets = usePresets();
  const complain = useComplaint();
  const [question, setQuestion] = useState<Question>(null);
  /** The one that was in use before somebody changed something. */
  const [lastId, setLastId] = useState<string | null>(null);
  const match = matchPreset(parameters, presets.own);
  const mine = match?.kind === "own" ? presets.own.find(({ id }) => id === match.id) : undefined;
  const changed = mine === undefined ? presets.own.find(({ id }) => id === lastId) : undefined;
  const isShipped =
    match?.kind === "built-in" && isSameParameters(applyBuiltIn(null, match.name), parameters);
  const canSave = mine === undefined && !isShipped;

  const apply = (next: Parameters | null, name: string) => {
    const before = parameters;
    onApply(next);
    const isLoss = match === null && before !== null;
    if (isLoss)
      sayUndo(translate("applied", { name }), () => {
        onApply(before);
      });
  };
  const sayUndo = (text: string, onSelect: () => void) =>
    showToast({ text, action: { label: translate("undo"), onSelect } });
  const remove = async (preset: ParameterPreset) => {
    const { name, parameters: kept } = preset;
    const fault = await presets.remove(preset.id);
    if (fault !== null) complain(fault);
    else
      sayUndo(translate("deleted", { name }), () => void presets.add({ name, parameters: kept }));
  };

  return (
    <div className="flex flex-col gap-2">
      <div
        role="group"
        aria-label={translate("label")}
        className="-m-0.5 flex max-h-32 flex-wrap gap-1.5 overflow-y-auto p-0.5"
      >
        {builtInPresets.map((name) => (
          <PresetChip
            key={name}
            name={translate(name)}
            about={translate(`about.${name}`)}
            isOn={match?.kind === "built-in" && match.name === name}
            onClick={() => {
              setLastId(null);
              apply(applyBuiltIn(parameters, name), translate(name));
            }}
          />
        ))}
        {presets.own.map((preset) => (
          <PresetChip
            key={preset.id}
            name={preset.name}
            about={translate("about.own")}
            isOn={preset === mine}
            onClick={() => {
              setLastId(preset.id);
              const isNone = Object.keys(preset.parameters).length === 0;
              apply(isNone ? null : preset.parameters, preset.name);
            }}
          />
        ))}
      </div>
      {presets.isFailed && (
        <p className="flex flex-wrap items-center gap-2 text-small text-ink-soft">
          {translate("failed")}
          <Button size="sm" onClick={presets.reload}>
            {translate("retry")}
          </Button>
        </p>
      )}
      {question !== null ? (
        <PresetNameForm
          initialName={question.kind === "rename" ? question.preset.name : ""}
          onClose={() => {
            setQuestion(null);
          }}
          onSave={async (name) => {
            if (question.kind === "rename") return presets.change(question.preset.id, { name });
            return presets.add({ name, parameters: parameters ?? {} });
          }}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-1 empty:hidden">
          {canSave && (
            <Button
              size="sm"
              variant="ghost"
              className="-ms-3"
              onClick={() => {
                setQuestion({ kind: "save" });
              }}
            >
              <BookmarkPlus aria-hidden />
              {translate("save")}
            </Button>
          )}
          {changed !== undefined && canSave && (
            <Button
              size="sm"
              variant="ghost"
              className="max-w-52"
              onClick={() =>
                void presets.change(changed.id, { parameters: parameters ?? {} }).then((fault) => {
                  if (fault !== null) complain(fault);
                })
              }
            >
              <RefreshCw aria-hidden />
              <span className="truncate">{translate("update", { name: changed.name })}</span>
            </Button>
          )}
          {mine !== undefined && (
            <>
              <span className="min-w-0 truncate text-small text-ink-faint">{mine.name}</span>
              <IconButton
                size="sm"
                label={translate("rename", { name: mine.name })}
                onClick={() => {
                  setQuestion({ kind: "rename", preset: mine });
                }}
              >
                <Pencil aria-hidden />
              </IconButton>
              <IconButton
                size="sm"
                label={translate("delete", { name: mine.name })}
                onClick={() => void remove(mine)}
              >
                <Trash2 aria-hidden />
              </IconButton>
            </>
          )}
        </div>
      )}
    </div>
  );
}

type PresetChipProps = { name: string; about: string; isOn: boolean; onClick: () => void };

function PresetChip({ name, about, isOn, onClick }: PresetChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      data-tooltip={about}
      className={clsx(
        "flex h-8 max-w-full items-center rounded-control border px-2.5 text-ui transition-colors duration-150",
        isOn
          ? "border-accent bg-accent-soft text-accent"
          : "border-line text-ink-soft hover:bg-hover hover:text-ink",
      )}
      onClick={onClick}
    >
      <span className="truncate">{name}</span>
    </button>
  );
}

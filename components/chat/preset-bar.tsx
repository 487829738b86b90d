"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/lib/client/toasts";
import { useComplaint } from "@/lib/client/use-conversation-actions";
import type { ParameterPreset, Parameters } from "@/lib/contracts/parameters";
import { applyBuiltIn, builtInPresets, matchPreset } from "@/lib/domain/parameters/presets";
import { isSameParameters } from "@/lib/domain/parameters/same-parameters";
import { PresetActions } from "./preset-actions";
import { PresetChip } from "./preset-chip";
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
  /** The one of one's own that was in use last. */
  const [lastId, setLastId] = useState<string | null>(null);
  const match = matchPreset(parameters, presets.own);
  const findOwn = (wantedId: string | null) => presets.own.find(({ id }) => id === wantedId);
  const mine = match?.kind === "own" ? findOwn(match.id) : undefined;
  if (mine !== undefined && mine.id !== lastId) setLastId(mine.id);
  const isShipped =
    match?.kind === "built-in" && isSameParameters(applyBuiltIn(null, match.name), parameters);

  const sayUndo = (text: string, onSelect: () => void) =>
    showToast({ text, action: { label: translate("undo"), onSelect } });
  const apply = (next: Parameters | null, name: string) => {
    onApply(next);
    // What somebody put together and gave no name would be lost.
    if (match !== null) return;
    sayUndo(translate("applied", { name }), () => {
      onApply(parameters);
    });
  };
  const update = async ({ id }: ParameterPreset) => {
    const fault = await presets.change(id, { parameters: parameters ?? {} });
    if (fault !== null) complain(fault);
  };
  const remove = async ({ id, name, parameters: kept }: ParameterPreset) => {
    const fault = await presets.remove(id);
    if (fault !== null) complain(fault);
    else
      sayUndo(translate("deleted", { name }), () => {
        void presets.add({ name, parameters: kept });
      });
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
      {question === null ? (
        <PresetActions
          canSave={!isShipped}
          mine={mine}
          changed={findOwn(lastId)}
          onSave={() => {
            setQuestion({ kind: "save" });
          }}
          onRename={(preset) => {
            setQuestion({ kind: "rename", preset });
          }}
          onUpdate={(preset) => void update(preset)}
          onRemove={(preset) => void remove(preset)}
        />
      ) : (
        <PresetNameForm
          initialName={question.kind === "rename" ? question.preset.name : ""}
          onClose={() => {
            setQuestion(null);
          }}
          onSave={(name) =>
            question.kind === "rename"
              ? presets.change(question.preset.id, { name })
              : presets.add({ name, parameters: parameters ?? {} })
          }
        />
      )}
    </div>
  );
}

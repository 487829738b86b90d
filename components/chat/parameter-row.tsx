"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { ParameterName } from "@/lib/contracts/parameters";
import { canThinkingStop, type Judgement } from "@/lib/domain/parameters/judge-parameter";
import { useParameter, useParameterPanel } from "./parameter-context";

type ParameterRowProps = {
  name: ParameterName;
  /** What the label's and the sentences' ids begin with. */
  id: string;
  /** Of the control that the label names; none for a group, which names itself by the label. */
  controlId?: string;
  /** At the right of the label. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** A parameter: its name, its control, the way back, and what becomes of it at this model. */
export function ParameterRow({ name, id, controlId, aside, children }: ParameterRowProps) {
  const translate = useTranslations("parameters");
  const { explain } = useParameterPanel();
  const { value, set } = useParameter(name);
  const label = translate(`names.${name}`);
  const Label = controlId === undefined ? "span" : "label";
  const show = () => {
    explain(name);
  };
  return (
    <div
      data-parameter={name}
      className="flex flex-col gap-1"
      onFocus={show}
      onPointerMove={({ movementX, movementY }) => {
        // What scrolls along under a pointer at rest is not pointed at.
        if (movementX !== 0 || movementY !== 0) show();
      }}
    >
      <div className="flex min-h-8 items-center gap-1">
        <Label
          id={`${id}-label`}
          {...(controlId === undefined ? {} : { htmlFor: controlId })}
          className="min-w-0 flex-1 text-ui"
        >
          {label}
        </Label>
        {value !== undefined && (
          <IconButton
            size="sm"
            label={translate("panel.back", { name: label })}
            onClick={(event) => {
              // By keyboard: this button is gone once it was used.
              if (event.detail === 0) focusControl(event.currentTarget);
              set(undefined);
            }}
          >
            <RotateCcw aria-hidden />
          </IconButton>
        )}
        {aside}
      </div>
      {children}
      <ParameterNote name={name} id={`${id}-note`} />
      <p id={`${id}-about`} className="sr-only">
        {translate(`about.${name}`)}
      </p>
    </div>
  );
}

function focusControl(button: HTMLElement): void {
  const row = button.closest("[data-parameter]");
  row?.querySelector<HTMLElement>("input:enabled, select:enabled, textarea:enabled")?.focus();
}

/** Why it does not go along as it is, where it does not. */
function ParameterNote({ name, id }: { name: ParameterName; id: string }) {
  const translate = useTranslations("parameters.notes");
  const { model } = useParameterPanel();
  const { value, judgement } = useParameter(name);
  const sentence = sentenceOf(judgement.kind, value !== undefined);
  if (sentence === null) return null;
  const limit = judgement.kind === "limited" ? judgement.limit : 0;
  const canStop = String(canThinkingStop(model));
  return (
    <p id={id} className="text-small text-ink-soft">
      {translate(sentence, { model: model.label, limit, canStop })}
    </p>
  );
}

/** What is said of it; null where it goes along as it is. */
function sentenceOf(kind: Judgement["kind"], isSet: boolean) {
  if (kind === "sent" || (kind === "parallel" && !isSet)) return null;
  return kind === "left_out" && isSet ? "left_out_kept" : kind;
}

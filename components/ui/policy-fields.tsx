"use client";

import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import type { ContextPolicy, ContextPolicyKind } from "@/lib/contracts/context";
import { limits } from "@/lib/contracts/limits";
import { PolicyNumber } from "./policy-number";
import { useSayPolicy } from "./use-say-policy";

const kinds = ["rounds", "tokens", "window", "summary"] as const satisfies ContextPolicyKind[];

type Inherited = {
  policy: ContextPolicy;
  /** Whose it is, such as "Your default". */
  label: string;
};

type Props = {
  /** What the choice is about, read aloud. */
  legend: string;
  /** null: the inherited one. */
  value: ContextPolicy | null;
  /** What holds without a choice of one's own; left out where there must be one. */
  inherited?: Inherited;
  /** Tokens of the model that answers; null when unknown, left out where no model is meant. */
  window?: number | null;
  /** A choice was made; it should be saved at once. */
  onChange: (policy: ContextPolicy | null) => void;
};

/** How much of a conversation goes along: the four policies in plain words, with their numbers. */
export function PolicyFields({ legend, value, inherited, window, onChange }: Props) {
  const translate = useTranslations("context.policyFields");
  const sayPolicy = useSayPolicy();
  const name = useId();
  const base = value ?? inherited?.policy ?? fallback;
  const needsTokens = (kind: ContextPolicyKind) =>
    kind === "tokens" || (kind === "window" && typeof window !== "number");

  return (
    <fieldset className="min-w-0 divide-y divide-line overflow-hidden rounded-card border border-line">
      <legend className="sr-only">{legend}</legend>
      {inherited !== undefined && (
        <Choice
          name={name}
          title={inherited.label}
          text={sayPolicy(inherited.policy)}
          isChosen={value === null}
          onChoose={() => {
            onChange(null);
          }}
        />
      )}
      {kinds.map((kind) => (
        <Choice
          key={kind}
          name={name}
          title={translate(`${kind}.title`)}
          text={translate(`${kind}.text`)}
          isChosen={value?.kind === kind}
          onChoose={() => {
            onChange({ ...base, kind });
          }}
        >
          {(kind === "rounds" || kind === "summary") && (
            <PolicyNumber
              label={translate("roundsLabel")}
              value={base.rounds}
              min={1}
              max={limits.contextRounds}
              onChange={(rounds) => {
                onChange({ ...base, kind, rounds });
              }}
            />
          )}
          {needsTokens(kind) && (
            <PolicyNumber
              label={translate(kind === "tokens" ? "tokensLabel" : "unknownTokensLabel")}
              hint={kind === "window" && window === null ? translate("windowUnknown") : undefined}
              value={base.tokens}
              min={limits.contextTokensMin}
              max={limits.contextTokens}
              onChange={(tokens) => {
                onChange({ ...base, kind, tokens });
              }}
            />
          )}
        </Choice>
      ))}
    </fieldset>
  );
}

const fallback: ContextPolicy = { kind: "rounds", rounds: 10, tokens: 32_000 };

type ChoiceProps = {
  name: string;
  title: string;
  text: string;
  isChosen: boolean;
  onChoose: () => void;
  /** Its numbers, which are there while it is chosen. */
  children?: ReactNode;
};

function Choice({ name, title, text, isChosen, onChoose, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="transition-colors duration-150 has-[>label>input:checked]:bg-accent-soft">
      <label
        htmlFor={id}
        className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 px-4 py-3"
      >
        <input
          id={id}
          type="radio"
          name={name}
          checked={isChosen}
          aria-describedby={`${id}-text`}
          aria-labelledby={`${id}-title`}
          className="mt-0.5 size-4"
          onChange={onChoose}
        />
        <span className="min-w-0">
          <span id={`${id}-title`} className="block text-ui font-medium text-ink">
            {title}
          </span>
          <span id={`${id}-text`} className="mt-0.5 block text-small text-pretty text-ink-soft">
            {text}
          </span>
        </span>
      </label>
      {isChosen && children !== undefined && (
        <div className="grid gap-3 ps-11 pe-4 pb-4 empty:hidden">{children}</div>
      )}
    </div>
  );
}

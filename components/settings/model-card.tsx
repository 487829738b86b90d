"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { Select } from "@/components/ui/select";
import { capabilityNames, type CapabilityName } from "@/lib/contracts/cards";
import { parameterNames, reasoningEfforts, type ParameterName } from "@/lib/contracts/parameters";
import type { Model, ModelPatch, ProviderKind } from "@/lib/contracts/providers";
import { FactOriginText } from "./model-fact-origin";
import { readFixed, settleAutomatic, type FactPath, type WireFact } from "./model-facts";
import { SettingRow } from "./setting-row";
import { SettingsSection } from "./settings-section";
import { useSave } from "./use-save";

type Props = {
  model: Model;
  kind: ProviderKind;
  onPatch: (patch: ModelPatch) => Promise<void>;
};

const wireFacts = {
  outputLimitField: ["max_tokens", "max_completion_tokens"],
  reasoningField: ["none", "reasoning_content", "reasoning", "think_tags"],
  reasoningBack: ["never", "always"],
  systemRole: ["system", "developer", "none"],
} as const satisfies Record<WireFact, readonly string[]>;
const wireNames = Object.keys(wireFacts) as WireFact[];

const verdicts = ["yes", "no", "unknown"] as const;

/** The capability card: each fact with where it comes from, automatic until somebody sets it. */
export function ModelCard(props: Props) {
  const translate = useTranslations("providers.model");
  return (
    <SettingsSection title={translate("card")} text={translate("cardText")}>
      <Group title={translate("abilities")} isOpen>
        {capabilityNames.map((name) => (
          <VerdictRow key={name} {...props} path={`capabilities.${name}`} />
        ))}
      </Group>
      <Group title={translate("parameters")}>
        {parameterNames.map((name) => (
          <VerdictRow key={name} {...props} path={`parameters.${name}`} />
        ))}
      </Group>
      <Group title={translate("wire")} text={translate("wireText")}>
        {wireNames.map((name) => (
          <WireRow key={name} {...props} name={name} />
        ))}
        <EffortRow {...props} />
      </Group>
    </SettingsSection>
  );
}

type GroupProps = { title: string; text?: string; isOpen?: boolean; children: ReactNode };

function Group({ title, text, isOpen = false, children }: GroupProps) {
  return (
    <details open={isOpen} className="group">
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 rounded-control font-medium text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="ps-6 pb-2">
        {text !== undefined && <p className="text-ink-soft">{text}</p>}
        <div className="divide-y divide-line [&>div]:py-2.5">{children}</div>
      </div>
    </details>
  );
}

type VerdictPath = `capabilities.${CapabilityName}` | `parameters.${ParameterName}`;

function VerdictRow({ model, kind, onPatch, path }: Props & { path: VerdictPath }) {
  const translate = useTranslations("providers.model");
  const [group, name] = path.split(".") as
    ["capabilities", CapabilityName] | ["parameters", ParameterName];
  const label =
    group === "capabilities"
      ? translate(`capabilities.${name}`)
      : translate(`parameterNames.${name}`);
  const settled = settleAutomatic(model, kind);
  const verdict = group === "capabilities" ? settled.capabilities[name] : settled.parameters[name];
  const fixed = readFixed(model.card, path);
  return (
    <FactRow
      {...{ model, kind, onPatch, path, label }}
      value={verdicts.find((one) => one === fixed) ?? "auto"}
      options={[
        {
          value: "auto",
          label:
            fixed === undefined
              ? translate("automaticIs", { value: translate(`verdicts.${verdict}`) })
              : translate("automatic"),
        },
        { value: "yes", label: translate("values.yes") },
        { value: "no", label: translate("values.no") },
        // Nobody picks it here; a script may have.
        ...(fixed === "unknown" ? [{ value: "unknown", label: translate("values.unknown") }] : []),
      ]}
      toPatch={(value) => ({ card: { [group]: { [name]: value } } })}
    />
  );
}

function WireRow({ model, kind, onPatch, name }: Props & { name: WireFact }) {
  const translate = useTranslations("providers.model");
  const automatic = settleAutomatic(model, kind)[name];
  const fixed = readFixed(model.card, name);
  const values: readonly string[] = wireFacts[name];
  return (
    <FactRow
      {...{ model, kind, onPatch, path: name, label: translate(name) }}
      value={values.find((value) => value === fixed) ?? "auto"}
      options={[
        {
          value: "auto",
          label:
            fixed === undefined
              ? translate("automaticIs", {
                  value: automatic === null ? translate("verdicts.unknown") : sayValue(automatic),
                })
              : translate("automatic"),
        },
        ...values.map((value) => ({ value, label: sayValue(value) })),
      ]}
      toPatch={(value) => ({ card: { [name]: value } })}
    />
  );

  function sayValue(value: string): string {
    if (name === "reasoningField")
      return translate(`reasoningFields.${value as (typeof wireFacts.reasoningField)[number]}`);
    if (name === "reasoningBack")
      return translate(`reasoningBacks.${value as (typeof wireFacts.reasoningBack)[number]}`);
    if (name === "systemRole")
      return translate(`systemRoles.${value as (typeof wireFacts.systemRole)[number]}`);
    return value;
  }
}

type FactRowProps = Props & {
  path: FactPath;
  label: string;
  value: string;
  options: { value: string; label: string }[];
  toPatch: (value: string) => ModelPatch;
};

function FactRow({ model, kind, onPatch, path, label, value, options, toPatch }: FactRowProps) {
  const save = useSave();
  const id = useId();
  const put = (next: string) => (next === "auto" ? { unfix: [path] } : toPatch(next));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_13rem] items-center gap-x-4 max-sm:grid-cols-[minmax(0,1fr)_10rem]">
      <div className="min-w-0">
        <label htmlFor={id} className="block text-ink">
          {label}
        </label>
        <FactOriginText {...{ model, kind, path, label, onPatch }} />
      </div>
      <Select
        id={id}
        value={value}
        options={options}
        onValueChange={(next) =>
          void save({ change: () => onPatch(put(next)), undo: () => onPatch(put(value)) })
        }
      />
    </div>
  );
}

function EffortRow({ model, kind, onPatch }: Props) {
  const translate = useTranslations("providers.model");
  const save = useSave();
  const path = "reasoningEfforts";
  const label = translate(path);
  const chosen = settleAutomatic(model, kind).reasoningEfforts ?? [];
  const isFixed = readFixed(model.card, path) !== undefined;

  const toggle = (effort: (typeof reasoningEfforts)[number]) => {
    const next = reasoningEfforts.filter((one) => (one === effort) !== chosen.includes(one));
    const undo = isFixed ? { card: { reasoningEfforts: chosen } } : { unfix: [path] };
    void save({
      change: () => onPatch({ card: { reasoningEfforts: next } }),
      undo: () => onPatch(undo),
    });
  };

  return (
    <SettingRow
      isStatic
      label={label}
      hint={<FactOriginText {...{ model, kind, path, label, onPatch }} />}
    >
      <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
        <legend className="sr-only">{label}</legend>
        {reasoningEfforts.map((effort) => (
          <label key={effort} className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4"
              checked={chosen.includes(effort)}
              onChange={() => {
                toggle(effort);
              }}
            />
            {effort}
          </label>
        ))}
      </fieldset>
    </SettingRow>
  );
}

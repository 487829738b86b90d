"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FloatingPanel } from "@/components/ui/floating-panel";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { showToast } from "@/lib/client/toasts";
import type { ParameterName, Parameters } from "@/lib/contracts/parameters";
import type { ModelOption } from "@/lib/contracts/providers";
import { changeParameter } from "@/lib/domain/parameters/change-parameter";
import { scaleNames } from "@/lib/domain/parameters/number-fields";
import { useModelFacts } from "./model-facts";
import { ParameterContext } from "./parameter-context";
import { ParameterCount } from "./parameter-count";
import { ParameterEffort } from "./parameter-effort";
import { ParameterFormat } from "./parameter-format";
import { ParameterNumberRow } from "./parameter-number-row";
import { ParameterScale } from "./parameter-scale";
import { ParameterStops } from "./parameter-stops";
import { PresetBar } from "./preset-bar";
import { useConversationActions } from "./use-conversation-actions";

type ParameterPanelProps = {
  model: ModelOption;
  trigger: HTMLElement | null;
  onClose: () => void;
};

/** What this conversation asks of its model, each explained. Saved as it is changed. */
export function ParameterPanel({ model, trigger, onClose }: ParameterPanelProps) {
  const translate = useTranslations("parameters");
  const parameters = useConversation((state) => state.parameters);
  const store = useConversationStore();
  const { change } = useConversationActions();
  const listFacts = useModelFacts();
  const [explained, setExplained] = useState<ParameterName | null>(null);
  const apply = (next: Parameters | null) => void change({ parameters: next });
  const set = <Name extends ParameterName>(name: Name, value: Parameters[Name] | undefined) =>
    // As they are by now: two fields may be left at the same moment.
    void change({ parameters: changeParameter(store.get().parameters, name, value) });
  const resetAll = () => {
    const before = parameters;
    apply(null);
    showToast({
      text: translate("panel.wasReset"),
      action: {
        label: translate("panel.undo"),
        onSelect: () => {
          apply(before);
        },
      },
    });
  };
  return (
    <FloatingPanel
      title={translate("panel.title")}
      trigger={trigger}
      onClose={onClose}
      className="w-[26rem]"
      actions={
        parameters !== null && (
          <Button size="sm" variant="ghost" onClick={resetAll}>
            {translate("panel.reset")}
          </Button>
        )
      }
    >
      <ParameterContext value={{ parameters, model, set, explain: setExplained }}>
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto overscroll-contain px-4 pt-1 pb-4">
          <p className="text-small text-ink-faint tabular-nums">
            {[model.label, ...listFacts(model)].join(" · ")}
          </p>
          <PresetBar parameters={parameters} onApply={apply} />
          <Group>
            {scaleNames.map((name) => (
              <ParameterScale key={name} name={name} />
            ))}
          </Group>
          <Group>
            <ParameterNumberRow name="maxOutputTokens" />
            <ParameterStops />
          </Group>
          <Group>
            <ParameterCount />
            <ParameterEffort />
            <ParameterNumberRow name="seed" />
          </Group>
          <Group>
            <ParameterFormat />
          </Group>
        </div>
      </ParameterContext>
      {/* Of one height, so that nothing moves under the pointer. Read aloud with the control. */}
      <footer
        aria-hidden
        className="flex min-h-22 shrink-0 items-center border-t border-line bg-surface px-4 py-2.5 text-small text-ink-soft"
      >
        <p>
          {explained === null
            ? translate("panel.about")
            : translate.rich("panel.explained", {
                name: translate(`names.${explained}`),
                about: translate(`about.${explained}`),
                b: (name) => <b className="font-medium text-ink">{name}</b>,
              })}
        </p>
      </footer>
    </FloatingPanel>
  );
}

function Group({ children }: { children: React.ReactNode }) {
  return <div className="flex flex-col gap-3 border-t border-line pt-3">{children}</div>;
}

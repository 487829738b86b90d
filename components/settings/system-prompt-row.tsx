"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { limits } from "@/lib/contracts/limits";
import { SettingRow } from "./setting-row";

type Props = {
  label: string;
  hint: string;
  placeholder?: string;
  value: string;
  onSave: (text: string) => Promise<boolean>;
};

/** A long text. Too easily spoilt to be saved by itself: it has a button, and an undo after it. */
export function SystemPromptRow({ label, hint, placeholder, value, onSave }: Props) {
  const translate = useTranslations("common");
  const [text, setText] = useState(value);
  const [isBusy, setIsBusy] = useState(false);
  const isChanged = text !== value;

  const save = async () => {
    setIsBusy(true);
    await onSave(text);
    setIsBusy(false);
  };

  return (
    <SettingRow label={label} hint={hint} isWide>
      <Textarea
        value={text}
        placeholder={placeholder}
        maxLength={limits.systemPromptCharacters}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <div className="mt-3 flex gap-2">
        <Button variant="primary" disabled={!isChanged} isBusy={isBusy} onClick={() => void save()}>
          {translate("save")}
        </Button>
        {isChanged && (
          <Button
            variant="ghost"
            onClick={() => {
              setText(value);
            }}
          >
            {translate("undo")}
          </Button>
        )}
      </div>
    </SettingRow>
  );
}

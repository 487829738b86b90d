"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useChatContext } from "./chat-context";
import { focusSummary } from "./summary-focus";
import { useSummaryActions } from "./use-summary-actions";

// No id of an alias is empty.
const usual = "";

/** Asks which model writes the summary anew. */
export function SummaryRedo({ onStart, onClose }: { onStart: () => void; onClose: () => void }) {
  const translate = useTranslations("context.summary");
  const { models } = useChatContext();
  const { make } = useSummaryActions();
  const [modelId, setModelId] = useState(usual);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector("select")?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <form
      ref={form}
      className="grid gap-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Not for the panel around it.
        event.preventDefault();
        onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        focusSummary(form.current);
        onStart();
        void make(modelId === usual ? null : modelId);
      }}
    >
      <Field label={translate("model")} hint={translate("redoText")}>
        <Select
          value={modelId}
          options={[
            { value: usual, label: translate("modelDefault") },
            ...models
              .filter(({ needsOwnKey }) => !needsOwnKey)
              .map(({ id, label }) => ({ value: id, label })),
          ]}
          onValueChange={setModelId}
        />
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" size="sm" onClick={onClose}>
          {translate("cancel")}
        </Button>
        <Button type="submit" variant="primary" size="sm">
          {translate("redoStart")}
        </Button>
      </div>
    </form>
  );
}

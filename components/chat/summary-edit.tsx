"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useSummaryState, useSummaryStore } from "@/lib/client/chat/use-summary";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";
import { useSummaryActions } from "./use-summary-actions";

/** A summary as a text to change. What is written stays until it is saved or given up. */
export function SummaryEdit({ onClose }: { onClose: () => void }) {
  const translate = useTranslations("context.summary");
  const sayError = useErrorSentence();
  const composition = useComposition();
  const store = useSummaryStore();
  const { save, discard } = useSummaryActions();
  const draft = useSummaryState((state) => state.draft) ?? "";
  const isSaving = useSummaryState((state) => state.isSaving);
  const failure = useSummaryState((state) => state.failure);
  const area = useRef<HTMLTextAreaElement>(null);
  const excess = draft.length - limits.summaryCharacters;
  const isBlank = draft.trim() === "";
  const error =
    excess > 0
      ? translate("tooLong", { count: excess })
      : isBlank
        ? translate("blank")
        : failure === null
          ? undefined
          : sayError(failure.code, failure.details);

  useEffect(() => {
    // What was open when the page was left does not take the keyboard.
    if (store.isResumed()) return;
    area.current?.focus({ preventScroll: true });
    area.current?.form?.scrollIntoView({ block: "nearest" });
  }, [store]);

  const cancel = () => {
    discard();
    onClose();
  };
  const submit = async () => {
    if (excess > 0 || isBlank) return;
    if (draft === store.state.get().answer?.summary?.text) cancel();
    else if (await save()) onClose();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    if (event.key === "Escape") {
      // Not for the panel around it.
      event.preventDefault();
      cancel();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) void submit();
    }
  };

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={translate("editLabel")}
        isLabelHidden
        hint={translate("editHint")}
        error={error}
      >
        <Textarea
          ref={area}
          value={draft}
          className="max-h-[45dvh] min-h-48"
          onChange={(event) => {
            store.edit(event.currentTarget.value);
          }}
          onCompositionEnd={composition.onCompositionEnd}
          onKeyDown={handleKey}
        />
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" size="sm" onClick={cancel}>
          {translate("cancel")}
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="sm"
          isBusy={isSaving}
          disabled={excess > 0 || isBlank}
        >
          {translate("save")}
        </Button>
      </div>
    </form>
  );
}

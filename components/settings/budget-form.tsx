"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";

type Props = {
  title: string;
  onOpenChange: (isOpen: boolean) => void;
  /** Null: what is wrong is said at its field. */
  onSubmit: () => Promise<void> | null;
  /** What a conflict means, said at its field; without one it is said below. */
  onConflict?: () => void;
  children: ReactNode;
};

/** A dialog that saves what is in it, says what went wrong, and closes when nothing did. */
export function BudgetForm({ title, onOpenChange, onSubmit, onConflict, children }: Props) {
  const translate = useTranslations("common");
  const sayError = useErrorSentence();
  const formId = useId();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  const submit = async () => {
    const saving = onSubmit();
    if (saving === null) return;
    setProblem(undefined);
    setIsBusy(true);
    try {
      await saving;
      showToast({ text: translate("saved") });
      onOpenChange(false);
    } catch (error) {
      const { code, details } = toApiError(error);
      if (code === "conflict" && onConflict !== undefined) onConflict();
      else setProblem(sayError(code, details));
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {translate("cancel")}
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {translate("save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        className="flex flex-col gap-4 pt-1"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        {children}
        <p role="alert" className="text-bad empty:hidden">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { FormDialog } from "@/components/ui/form-dialog";
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
  const [problem, setProblem] = useState<string>();

  const submit = async () => {
    const saving = onSubmit();
    if (saving === null) return;
    setProblem(undefined);
    try {
      await saving;
      showToast({ text: translate("saved") });
      onOpenChange(false);
    } catch (error) {
      const { code, details } = toApiError(error);
      if (code === "conflict" && onConflict !== undefined) onConflict();
      else setProblem(sayError(code, details));
    }
  };

  return (
    <FormDialog title={title} onOpenChange={onOpenChange} problem={problem} onSubmit={submit}>
      {children}
    </FormDialog>
  );
}

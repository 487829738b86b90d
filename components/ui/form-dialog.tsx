"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode, type SubmitEvent } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type FormDialogProps = {
  title: string;
  description?: ReactNode;
  size?: "md" | "lg";
  /** "Save" when left out. */
  submitLabel?: string;
  /** What is wrong with all of it; what is wrong with one field is said there. */
  problem?: string | undefined;
  /** What is shown in the form's place once it is done, with nothing more to do but to close. */
  outcome?: { title: string; text: ReactNode; content: ReactNode } | undefined;
  onOpenChange: (isOpen: boolean) => void;
  /** Busy until it settles. It closes the dialog itself, and says itself what went wrong. */
  onSubmit: () => Promise<void>;
  children: ReactNode;
};

/** A form over the page: its fields, and under them what sends it and what leaves it. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, size, submitLabel, problem, outcome, onOpenChange } = props;
  const translate = useTranslations("common");
  const formId = useId();
  const [isBusy, setIsBusy] = useState(false);
  const close = () => {
    onOpenChange(false);
  };
  const submit = async () => {
    setIsBusy(true);
    try {
      await props.onSubmit();
    } finally {
      setIsBusy(false);
    }
  };

  if (outcome !== undefined)
    return (
      <Dialog
        title={outcome.title}
        description={outcome.text}
        isOpen
        onOpenChange={onOpenChange}
        footer={<Button onClick={close}>{translate("done")}</Button>}
      >
        {outcome.content}
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      {...(description === undefined ? {} : { description })}
      {...(size === undefined ? {} : { size })}
      isOpen
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={close}>{translate("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {submitLabel ?? translate("save")}
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
        {props.children}
        <p role="alert" className="text-bad empty:hidden">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

type ConfirmDialogProps = {
  title: string;
  description: ReactNode;
  /** What the button does, such as "Delete". */
  confirmLabel: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The dialog closes when it resolves; a rejection leaves it open, for the caller to explain. */
  onConfirm: () => Promise<void> | void;
  /** For what cannot be undone: the name must be typed first. */
  nameToType?: string;
  isDangerous?: boolean;
};

/** Asks before something that has no undo. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, confirmLabel, isOpen, onOpenChange, onConfirm, nameToType } = props;
  const translate = useTranslations("common");
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const canConfirm = nameToType === undefined || typed.trim() === nameToType.trim();

  const change = (isNowOpen: boolean) => {
    setTyped("");
    onOpenChange(isNowOpen);
  };
  const confirm = async () => {
    setIsBusy(true);
    try {
      await onConfirm();
      change(false);
    } catch {
      // The caller has said what went wrong; the question stays.
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      title={title}
      description={description}
      isOpen={isOpen}
      onOpenChange={change}
      footer={
        <>
          <Button
            onClick={() => {
              change(false);
            }}
          >
            {translate("cancel")}
          </Button>
          <Button
            variant={props.isDangerous === false ? "primary" : "danger"}
            disabled={!canConfirm}
            isBusy={isBusy}
            onClick={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {nameToType !== undefined && (
        <Field label={translate("confirmByName", { name: nameToType })}>
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        </Field>
      )}
    </Dialog>
  );
}

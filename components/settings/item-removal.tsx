"use client";

import type { ReactNode } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useSave } from "./use-save";

export type Removal = {
  /** What it is called here, such as "Delete". */
  label: string;
  /** The question; the label when left out. */
  title?: string;
  /** What goes with it. */
  text: ReactNode;
  /** What is said once it is gone. */
  doneText: string;
  /** What cannot be had again asks for its name. */
  nameToType?: string;
  /** @throws ApiError */
  onRemove: () => Promise<unknown>;
  onRemoved: () => Promise<void> | void;
};

type Props = { removal: Removal; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Asks before something goes, and says that it has gone or why not. */
export function ItemRemoval({ removal, isOpen, onOpenChange }: Props) {
  const save = useSave();
  const { label, title = label, text, doneText, nameToType, onRemove, onRemoved } = removal;

  const remove = async () => {
    // What went wrong has been said, and the question stays.
    if (!(await save({ change: onRemove, text: doneText }))) throw new Error("It is still there.");
    await onRemoved();
  };
  return (
    <ConfirmDialog
      title={title}
      description={text}
      confirmLabel={label}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      onConfirm={remove}
      {...(nameToType === undefined ? {} : { nameToType })}
    />
  );
}

"use client";

import { Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";

type Props = {
  label: string;
  isDisabled?: boolean;
  /** Where it is made. */
  dialog: (onOpenChange: (isOpen: boolean) => void) => ReactNode;
};

/** Over a list: one more of it. */
export function ItemAdd({ label, isDisabled = false, dialog }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        disabled={isDisabled}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <Plus aria-hidden />
        {label}
      </Button>
      {isOpen && dialog(setIsOpen)}
    </>
  );
}

"use client";

import type { ComponentProps } from "react";
import { Switch } from "@/components/ui/switch";
import { useSave } from "./use-save";

type Props = Omit<ComponentProps<typeof Switch>, "onChange"> & {
  /** Saves it; its owner then shows what was saved. @throws ApiError */
  onSave: (isOn: boolean) => Promise<unknown>;
};

/** A switch that saves at once and can be taken back. Name it, as any Switch. */
export function SavedSwitch({ onSave, ...rest }: Props) {
  const save = useSave();
  return (
    <Switch
      {...rest}
      onChange={(next) => void save({ change: () => onSave(next), undo: () => onSave(!next) })}
    />
  );
}

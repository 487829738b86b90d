"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { ItemRemoval, type Removal } from "./item-removal";

type Props = {
  /** Names the thing, such as "More of Sonnet". */
  label: string;
  /** Where it is changed; its label is "Edit" when left out. */
  edit?: { label?: string; dialog: (onOpenChange: (isOpen: boolean) => void) => ReactNode };
  removal: Removal;
  /** What else can be done: MenuItems. */
  children?: ReactNode;
};

/** What is seldom done to one of a list: changing it, removing it, and what is its own. */
export function ItemMenu({ label, edit, removal, children }: Props) {
  const translate = useTranslations("common");
  const [open, setOpen] = useState<"edit" | "removal">();
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };
  return (
    <>
      <Menu>
        <MenuTrigger>
          <IconButton label={label}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          {edit !== undefined && (
            <MenuItem
              icon={<Pencil aria-hidden />}
              onSelect={() => {
                setOpen("edit");
              }}
            >
              {edit.label ?? translate("edit")}
            </MenuItem>
          )}
          {children}
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setOpen("removal");
            }}
          >
            {removal.label}
          </MenuItem>
        </MenuContent>
      </Menu>
      {open === "edit" && edit?.dialog(onOpenChange)}
      <ItemRemoval removal={removal} isOpen={open === "removal"} onOpenChange={onOpenChange} />
    </>
  );
}

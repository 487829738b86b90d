"use client";

import { clsx } from "clsx";
import { Popover as RadixPopover } from "radix-ui";
import type { ComponentProps } from "react";
import { floatingPanel } from "./menu";

export function Popover(props: ComponentProps<typeof RadixPopover.Root>) {
  return <RadixPopover.Root {...props} />;
}

/** Wraps the one button that opens the popover. */
export function PopoverTrigger({ children, ...rest }: ComponentProps<typeof RadixPopover.Trigger>) {
  return (
    <RadixPopover.Trigger asChild {...rest}>
      {children}
    </RadixPopover.Trigger>
  );
}

/** Anything beside what opened it. Give it an aria-label. */
export function PopoverContent({
  className,
  align = "start",
  ...rest
}: ComponentProps<typeof RadixPopover.Content>) {
  return (
    <RadixPopover.Portal>
      <RadixPopover.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={clsx(floatingPanel, "w-80 max-w-[calc(100vw-1rem)]", className)}
        {...rest}
      />
    </RadixPopover.Portal>
  );
}

"use client";

import { clsx } from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useLayoutEffect, type ComponentProps, type ReactNode, type Ref } from "react";
import { useMenuState } from "./menu-context";

const floatingPanel =
  "float-in z-60 max-h-[min(32rem,var(--radix-popper-available-height))] overflow-y-auto rounded-card border border-line bg-raised p-1.5 text-ink shadow-float outline-none";

export type MenuPanelProps = ComponentProps<typeof DropdownMenu.Content>;

/** Not modal: what is around stays readable, and a click beside it only closes it. */
export function MenuPanel({
  className,
  align = "start",
  onInteractOutside,
  ...rest
}: MenuPanelProps) {
  const { isOpen, setOpen, trigger, triggerId } = useMenuState();
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <StandIn element={trigger} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-labelledby={rest["aria-label"] === undefined ? triggerId : undefined}
          className={clsx(floatingPanel, "max-w-[min(22rem,calc(100vw-1rem))] min-w-48", className)}
          onInteractOutside={(event) => {
            // The button closes what it opened by itself.
            const isOnTrigger = event.target instanceof Node && trigger?.contains(event.target);
            if (isOnTrigger === true) event.preventDefault();
            onInteractOutside?.(event);
          }}
          {...rest}
        />
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Hands the button, which was there before the menu was loaded, to the library as its own. */
function StandIn({ element, ref }: { element: HTMLElement | null; ref?: Ref<HTMLElement> }) {
  useLayoutEffect(() => {
    if (typeof ref === "function") ref(element);
    return () => {
      if (typeof ref === "function") ref(null);
    };
  }, [element, ref]);
  return null;
}

const itemClass =
  "flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 text-ui outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export type MenuItemProps = ComponentProps<typeof DropdownMenu.Item> & {
  icon?: ReactNode;
  isDangerous?: boolean;
  /** A key that does the same. */
  shortcut?: string;
};

export function MenuItem({
  icon,
  isDangerous = false,
  shortcut,
  className,
  children,
  ...rest
}: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={clsx(itemClass, isDangerous ? "text-bad" : "[&>svg]:text-ink-soft", className)}
      {...rest}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut !== undefined && (
        <kbd className="font-sans text-small text-ink-faint">{shortcut}</kbd>
      )}
    </DropdownMenu.Item>
  );
}

export type MenuChoiceProps<Value extends string> = {
  /** Read aloud and shown above. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string; icon?: ReactNode }[];
  onValueChange: (value: Value) => void;
};

/** One of several, with a tick at the present one. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const { label, value, options, onValueChange } = props;
  return (
    <DropdownMenu.RadioGroup
      value={value}
      onValueChange={(next) => {
        const option = options.find((one) => one.value === next);
        if (option !== undefined) onValueChange(option.value);
      }}
    >
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={itemClass}>
          {option.icon}
          <span className="min-w-0 flex-1">
            {option.label}
            {option.hint !== undefined && (
              <span className="block text-small text-ink-faint">{option.hint}</span>
            )}
          </span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-1.5 pb-1 text-small text-ink-faint">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-2.5 my-1.5 h-px bg-line" />;
}

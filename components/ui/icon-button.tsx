import { clsx } from "clsx";
import type { ComponentProps } from "react";

type IconButtonSize = "sm" | "md" | "lg";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & {
  /** What it does: read aloud, and shown as a tooltip. */
  label: string;
  size?: IconButtonSize;
  variant?: "ghost" | "primary";
  /** A key that does the same, shown in the tooltip. */
  shortcut?: string;
};

const sizes: Record<IconButtonSize, string> = {
  sm: "size-7 [&_svg]:size-4",
  md: "size-9 [&_svg]:size-[1.125rem]",
  lg: "size-11 [&_svg]:size-5",
};

const variants = {
  ghost:
    "text-ink-soft hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink",
  primary: "bg-accent text-on-accent hover:bg-accent/90",
};

export function IconButton({
  label,
  size = "md",
  variant = "ghost",
  shortcut,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tooltip={label}
      data-shortcut={shortcut}
      className={clsx(
        "inline-flex shrink-0 items-center justify-center rounded-control transition-colors duration-150 disabled:pointer-events-none disabled:opacity-50",
        sizes[size],
        variants[variant],
        className,
      )}
      {...rest}
    />
  );
}

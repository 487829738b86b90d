import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";

type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
type ButtonSize = "sm" | "md" | "lg";

type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Something is under way: it keeps its width and takes no second click. */
  isBusy?: boolean;
  /** Gives the look to the one child, such as a link. */
  asChild?: boolean;
};

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border border-line bg-raised text-ink hover:bg-hover",
  ghost: "text-ink-soft hover:bg-hover hover:text-ink",
  danger: "border border-bad/60 text-bad hover:bg-bad/10",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-8 gap-1.5 px-3",
  md: "h-9 gap-2 px-4",
  lg: "h-11 gap-2 px-5 text-base",
};

const base =
  "relative inline-flex shrink-0 items-center justify-center rounded-control text-ui font-medium whitespace-nowrap transition-colors duration-150 select-none disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

export function Button({
  variant = "secondary",
  size = "md",
  isBusy = false,
  asChild = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const classes = clsx(base, variants[variant], sizes[size], className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={isBusy ? "button" : type}
      className={classes}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
      {...rest}
    >
      {/* Seen through while busy, yet still the button's name. */}
      <span className={clsx("inline-flex items-center gap-[inherit]", isBusy && "opacity-0")}>
        {children}
      </span>
      {isBusy && <LoaderCircle aria-hidden className="absolute animate-spin" />}
    </button>
  );
}

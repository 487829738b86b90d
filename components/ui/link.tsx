import { clsx } from "clsx";
import NextLink from "next/link";
import type { ComponentProps } from "react";

type LinkProps = ComponentProps<typeof NextLink> & {
  /** A link in running text is underlined, so that it is not known by its colour alone. */
  isPlain?: boolean;
};

/** A link to a page of Parley. */
export function Link({ isPlain = false, className, ...rest }: LinkProps) {
  return (
    <NextLink
      className={clsx(
        !isPlain &&
          "rounded-sm text-accent underline decoration-1 underline-offset-4 hover:decoration-2",
        className,
      )}
      {...rest}
    />
  );
}

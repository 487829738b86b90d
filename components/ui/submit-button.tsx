"use client";

import type { ComponentProps } from "react";
import { useHydrated } from "@/lib/client/use-hydrated";
import { Button } from "./button";

/**
 * The button that sends a form. It waits until the page listens: before that the browser would
 * send the form by itself, and a password could end up in the address.
 */
export function SubmitButton({ variant = "primary", ...rest }: ComponentProps<typeof Button>) {
  const isHydrated = useHydrated();
  return (
    <Button {...rest} type="submit" variant={variant} disabled={!isHydrated || rest.disabled} />
  );
}

import { clsx } from "clsx";

/** Holds the place of what takes over 200 ms; shows nothing before. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("breathe rounded-control bg-hover", className)} />;
}

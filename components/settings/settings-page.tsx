import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

type Props = {
  title: string;
  /** The page that this one is a part of. */
  parent?: { href: string; label: string };
  children: ReactNode;
};

/** One page of the settings: its name and its column. */
export function SettingsPage({ title, parent, children }: Props) {
  return (
    <>
      {parent !== undefined && (
        <p className="mb-2 flex items-center gap-1 text-ink-faint">
          <Link
            href={parent.href}
            isPlain
            className="inline-flex min-h-6 items-center rounded-sm text-ink-soft hover:text-ink hover:underline"
          >
            {parent.label}
          </Link>
          <ChevronRight aria-hidden className="size-3.5 shrink-0" />
        </p>
      )}
      <h1 className="mb-6 text-2xl leading-tight font-semibold break-words text-ink max-frame:text-xl">
        {title}
      </h1>
      {children}
    </>
  );
}

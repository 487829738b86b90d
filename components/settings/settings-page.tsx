import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Link } from "@/components/ui/link";

type Props = {
  title: string;
  /** The pages that this one is a part of, the widest first. */
  parents?: readonly { href: string; label: string }[];
  /** Takes the room at the right of the column too, as plots and tables need. */
  isWide?: boolean;
  children: ReactNode;
};

/** One page of the settings: its name and its column. */
export function SettingsPage({ title, parents = [], isWide = false, children }: Props) {
  return (
    // The frame looks for the mark: the page itself can't tell it anything.
    <div {...(isWide ? { "data-wide": true } : {})}>
      {parents.length > 0 && (
        <p className="mb-2 flex flex-wrap items-center gap-1 text-ink-faint">
          {parents.map(({ href, label }) => (
            <Fragment key={href}>
              <Link
                href={href}
                isPlain
                className="inline-flex min-h-6 items-center rounded-sm text-ink-soft hover:text-ink hover:underline"
              >
                {label}
              </Link>
              <ChevronRight aria-hidden className="size-3.5 shrink-0" />
            </Fragment>
          ))}
        </p>
      )}
      <h1 className="mb-6 text-2xl leading-tight font-semibold break-words text-ink max-frame:text-xl">
        {title}
      </h1>
      {children}
    </div>
  );
}

"use client";

import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { SettingsNavigation } from "./settings-navigation";

type Props = ComponentProps<typeof SettingsNavigation> & { children: ReactNode };

/** The list at the left, the page at the right; on a phone the list first, then the page. */
export function SettingsFrame({ children, ...pages }: Props) {
  const translate = useTranslations("settings");
  const isList = usePathname() === "/settings";
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col frame:flex-row">
      <div
        className={clsx(
          "px-5 py-4 frame:sticky frame:top-0 frame:h-dvh frame:w-64 frame:shrink-0 frame:overflow-y-auto frame:py-6",
          !isList && "max-frame:hidden",
        )}
      >
        <BackLink href="/" label={translate("backToChat")} />
        {/* The page beside the list has the heading of a wide screen. */}
        <h1 className="mt-6 mb-4 px-3 text-xl font-semibold frame:hidden">{translate("title")}</h1>
        <p className="mt-6 mb-4 px-3 text-base font-semibold max-frame:hidden">
          {translate("title")}
        </p>
        <SettingsNavigation {...pages} />
      </div>
      <div
        className={clsx(
          "min-w-0 flex-1 px-5 pt-4 pb-20 frame:px-10 frame:pt-16",
          // The list stays where it is while a wide page reaches out to the right.
          "frame:has-data-wide:-me-[max(0px,calc((100vw-64rem)/2-2rem))]",
          isList && "max-frame:hidden",
        )}
      >
        <div className="-ms-3 mb-5 frame:hidden">
          <BackLink href="/settings" label={translate("allSettings")} />
        </div>
        <div className="mx-auto max-w-2xl has-data-wide:max-w-6xl">{children}</div>
      </div>
    </main>
  );
}

function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      isPlain
      className="inline-flex min-h-9 items-center gap-2 rounded-control px-3 text-ink-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {label}
    </Link>
  );
}

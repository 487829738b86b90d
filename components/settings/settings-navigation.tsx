"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";

const personal = ["profile", "usage", "security", "own-keys"] as const;
const administrative = ["models", "people", "budgets", "dashboard", "alerts", "instance"] as const;

type PageName = (typeof personal)[number] | (typeof administrative)[number];

type Props = {
  isAdmin: boolean;
  /** Whether any provider takes members' own keys. */
  hasOwnKeys: boolean;
};

/** The list of pages. Members see their own only; the others do not exist for them. */
export function SettingsNavigation({ isAdmin, hasOwnKeys }: Props) {
  const translate = useTranslations("settings");
  const own = personal.filter((page) => hasOwnKeys || page !== "own-keys");
  return (
    <nav aria-label={translate("title")} className="flex flex-col gap-6">
      <PageList {...(isAdmin ? { title: translate("personal") } : {})} pages={own} />
      {isAdmin && <PageList title={translate("instance")} pages={administrative} />}
    </nav>
  );
}

function PageList({ title, pages }: { title?: string; pages: readonly PageName[] }) {
  const translate = useTranslations("settings.pages");
  const pathname = usePathname();
  return (
    <div>
      {title !== undefined && <h2 className="mb-1 px-3 text-small text-ink-faint">{title}</h2>}
      <ul className="max-frame:divide-y max-frame:divide-line max-frame:border-y max-frame:border-line">
        {pages.map((page) => {
          const href = `/settings/${page}`;
          // On a wide screen /settings itself shows the profile.
          const isCurrent =
            pathname.startsWith(href) || (pathname === "/settings" && page === "profile");
          return (
            <li key={page}>
              <Link
                href={href}
                isPlain
                aria-current={isCurrent ? "page" : undefined}
                className={clsx(
                  "flex min-h-12 items-center justify-between rounded-control px-3 transition-colors hover:bg-hover frame:min-h-9",
                  isCurrent ? "text-ink frame:bg-hover frame:font-medium" : "text-ink-soft",
                  "max-frame:text-base max-frame:text-ink",
                )}
              >
                {translate(page)}
                <ChevronRight aria-hidden className="size-4 text-ink-faint frame:hidden" />
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

"use client";

import { CloudOff, LogIn, RotateCw } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useConnection } from "@/lib/client/connection";
import { useConnectionWatch } from "@/lib/client/events/use-connection-watch";

/**
 * What stands between the page and its server, in one line over the top of the page. It lies over
 * what is below, so that nothing moves, and goes away by itself.
 *
 * @param build the build that the page came from.
 */
export function PageBanner({ build }: { build: string }) {
  useConnectionWatch(build);
  return (
    // Always there: only what changes inside of it is announced. A wide page has room in its top bar.
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-13 z-30 flex justify-center px-3 xl:top-1"
    >
      <Notice />
    </div>
  );
}

function Notice() {
  const translate = useTranslations("frame.banner");
  const { isOffline, isSignedOut, isSomebodyElse, isOutdated } = useConnection();
  const path = usePathname();
  if (isOffline) {
    // The browser knows when there is no network at all; else it is Parley that does not answer.
    const text = translate(navigator.onLine ? "unreachable" : "offline");
    return <Line icon={<CloudOff aria-hidden />} text={text} />;
  }
  if (isSignedOut) {
    return (
      <Line icon={<LogIn aria-hidden />} text={translate("signedOut")}>
        <Button size="sm" asChild>
          <Link isPlain href={`/sign-in?next=${encodeURIComponent(path)}`}>
            {translate("signIn")}
          </Link>
        </Button>
      </Line>
    );
  }
  if (isSomebodyElse || isOutdated) {
    const text = translate(isSomebodyElse ? "somebodyElse" : "outdated");
    return (
      <Line icon={<RotateCw aria-hidden />} text={text}>
        <Button
          size="sm"
          onClick={() => {
            window.location.reload();
          }}
        >
          {translate("reload")}
        </Button>
      </Line>
    );
  }
  return null;
}

function Line({ icon, text, children }: { icon: ReactNode; text: string; children?: ReactNode }) {
  return (
    <div
      data-page-banner
      className="float-in pointer-events-auto flex min-h-11 max-w-full items-center gap-2.5 rounded-card border border-line bg-raised py-1.5 ps-3.5 pe-1.5 text-ui text-ink shadow-float last:pe-3.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-soft"
    >
      {icon}
      <span className="min-w-0 text-balance">{text}</span>
      {children}
    </div>
  );
}

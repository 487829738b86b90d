"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Link } from "@/components/ui/link";
import { StepTitle } from "./step-title";

const everyMs = 5_000;

/** For whoever comes while the admin is still at it. Goes on by itself when there is a model. */
export function BeingSetUp({ isSignedIn }: { isSignedIn: boolean }) {
  const translate = useTranslations("setup.waiting");
  const router = useRouter();
  useEffect(() => {
    // The server redirects as soon as the set-up is done.
    const timer = setInterval(() => {
      router.refresh();
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [router]);
  return (
    <>
      <StepTitle isFirst text={translate("text")}>
        {translate("title")}
      </StepTitle>
      {!isSignedIn && <Link href="/sign-in?next=/setup">{translate("signIn")}</Link>}
    </>
  );
}

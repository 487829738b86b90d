import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EntryTitle } from "@/components/auth/entry-title";
import { readNextPath } from "@/components/auth/next-path";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Link } from "@/components/ui/link";
import { errorCodeSchema } from "@/lib/contracts/errors";
import { findActor } from "@/lib/server/auth/actor";
import { ssoName } from "@/lib/server/auth/oidc";
import { env } from "@/lib/server/env";
import { whileDatabaseIsThere } from "@/lib/server/http/page";
import { getSetupStep } from "@/lib/server/setup/state";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("auth.signIn");
  return { title: translate("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const query = await searchParams;
  const step = await whileDatabaseIsThere("/sign-in", getSetupStep);
  if (step === "account") redirect("/setup");
  // Somebody who signs in before there is a model is most likely here to connect one.
  const nextPath = readNextPath(query["next"], step === "model" ? "/setup" : "/");
  if ((await whileDatabaseIsThere("/sign-in", findActor)) !== null) redirect(nextPath);
  const translate = await getTranslations("auth.signIn");
  const errorCode = errorCodeSchema.safeParse(query["error"]).data ?? null;
  return (
    <>
      <EntryTitle>{translate("title")}</EntryTitle>
      <SignInForm nextPath={nextPath} ssoName={ssoName()} errorCode={errorCode} />
      <p className="mt-8 text-ink-soft">
        {env().SIGNUP === "open" ? (
          <>
            {translate("noAccount")} <Link href="/register">{translate("register")}</Link>
          </>
        ) : (
          translate(env().SIGNUP === "invite" ? "inviteOnly" : "closed")
        )}
      </p>
    </>
  );
}

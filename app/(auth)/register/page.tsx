import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/auth/account-form";
import { EntryTitle } from "@/components/auth/entry-title";
import { Link } from "@/components/ui/link";
import { findActor } from "@/lib/server/auth/actor";
import { readInvite } from "@/lib/server/auth/invites";
import { env } from "@/lib/server/env";
import { whileDatabaseIsThere } from "@/lib/server/http/page";
import { getSetupStep } from "@/lib/server/setup/state";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("auth.register");
  return { title: translate("title") };
}

export default async function RegisterPage({ searchParams }: PageProps<"/register">) {
  const given = (await searchParams)["invite"];
  const token = typeof given === "string" && given !== "" ? given : null;
  const step = await whileDatabaseIsThere("/register", getSetupStep);
  if (step === "account") redirect("/setup");
  if ((await whileDatabaseIsThere("/register", findActor)) !== null) redirect("/");
  const translate = await getTranslations("auth.register");
  const signIn = (
    <p className="mt-8 text-ink-soft">
      {translate("haveAccount")} <Link href="/sign-in">{translate("signIn")}</Link>
    </p>
  );
  const invite =
    token === null
      ? null
      : await whileDatabaseIsThere("/register", () => readInvite(token.slice(0, 128)));
  if (invite === null && (token !== null || env().SIGNUP !== "open")) {
    const reason = token === null ? "closed" : "inviteInvalid";
    return (
      <>
        <EntryTitle text={translate(`${reason}Text`)}>{translate(`${reason}Title`)}</EntryTitle>
        {signIn}
      </>
    );
  }
  return (
    <>
      <EntryTitle {...(invite === null ? {} : { text: translate("invited") })}>
        {translate("title")}
      </EntryTitle>
      <AccountForm
        submitLabel={translate("submit")}
        nextPath="/"
        {...(token === null ? {} : { invite: token })}
        {...(invite?.email == null ? {} : { email: invite.email })}
      />
      {signIn}
    </>
  );
}

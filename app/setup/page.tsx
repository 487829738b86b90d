import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/auth/account-form";
import { BeingSetUp } from "@/components/setup/being-set-up";
import { ConnectFlow } from "@/components/setup/connect-flow";
import { StepTitle } from "@/components/setup/step-title";
import { isAdmin } from "@/lib/domain/actor";
import { findActor } from "@/lib/server/auth/actor";
import { whileDatabaseIsThere } from "@/lib/server/http/page";
import { getSetupStep } from "@/lib/server/setup/state";

/** The database decides what is still open, so a reload goes on where it was. */
export default async function SetupPage() {
  const translate = await getTranslations("setup");
  const step = await whileDatabaseIsThere("/setup", getSetupStep);
  if (step === "done") redirect("/");
  if (step === "account") {
    return (
      <>
        <StepTitle isFirst text={translate("welcome.text")}>
          {translate("welcome.title")}
        </StepTitle>
        <AccountForm submitLabel={translate("welcome.submit")} nextPath="/setup" />
        <p className="mt-5 text-small text-ink-faint">{translate("welcome.accountNote")}</p>
      </>
    );
  }
  const actor = await whileDatabaseIsThere("/setup", findActor);
  if (actor === null || !isAdmin(actor)) return <BeingSetUp isSignedIn={actor !== null} />;
  return (
    <ConnectFlow
      title={translate("choose.title")}
      submitLabel={translate("models.finish")}
      doneHref="/"
    />
  );
}

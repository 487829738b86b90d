import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectFlow } from "@/components/setup/connect-flow";
import { requirePageAdmin } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("setup.choose");
  return { title: translate("settingsTitle") };
}

/** One more provider: the questions of the set-up again. */
export default async function NewProviderPage() {
  await requirePageAdmin("/settings/models/new");
  const translate = await getTranslations("setup");
  return (
    <ConnectFlow
      title={translate("choose.settingsTitle")}
      submitLabel={translate("models.addProvider")}
      doneHref="/settings/models"
    />
  );
}

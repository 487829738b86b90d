import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddModels } from "@/components/setup/add-models";
import { idSchema } from "@/lib/contracts/ids";
import { requirePageAdmin } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.models");
  return { title: translate("addModels") };
}

export default async function AddModelsPage({ params }: PageProps<"/settings/models/[id]/add">) {
  const id = idSchema.safeParse((await params).id);
  if (!id.success) notFound();
  await requirePageAdmin(`/settings/models/${id.data}/add`);
  return <AddModels providerId={id.data} doneHref="/settings/models" isSetup={false} />;
}

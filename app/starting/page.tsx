import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StartingNotice } from "@/components/frame/starting-notice";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("common.starting");
  return { title: translate("title") };
}

export default function StartingPage() {
  return <StartingNotice />;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { isAdmin } from "@/lib/domain/actor";
import { requirePageActor } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings");
  return { title: translate("title") };
}

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requirePageActor("/settings");
  return <SettingsFrame isAdmin={isAdmin(actor)}>{children}</SettingsFrame>;
}

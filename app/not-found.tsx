import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { QuietPage } from "@/components/ui/quiet-page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("common.notFound");
  return { title: translate("title") };
}

export default function NotFound() {
  const translate = useTranslations("common.notFound");
  return (
    <QuietPage title={translate("title")} text={translate("text")}>
      <Button asChild>
        <Link href="/" isPlain>
          {translate("back")}
        </Link>
      </Button>
    </QuietPage>
  );
}

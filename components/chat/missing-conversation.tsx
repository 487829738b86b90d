import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SidebarButton } from "@/components/ui/sidebar-button";

/** Within the frame: the other conversations are still there. */
export function MissingConversation() {
  const translate = useTranslations("chat.notFound");
  return (
    <>
      <header className="flex h-13 shrink-0 items-center px-2 sm:px-3">
        <SidebarButton />
      </header>
      <div className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-3 px-6 pb-[16dvh]">
        <h1 className="text-xl font-semibold text-balance">{translate("title")}</h1>
        <p className="text-base leading-relaxed text-ink-soft">{translate("text")}</p>
        <div className="mt-3">
          <Button asChild>
            <Link href="/" isPlain>
              {translate("back")}
            </Link>
          </Button>
        </div>
      </div>
    </>
  );
}

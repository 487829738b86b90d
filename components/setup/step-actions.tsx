import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type Props = { onBack?: () => void; children?: ReactNode };

/** The foot of a step: Back at the left, onward at the right. */
export function StepActions({ onBack, children }: Props) {
  const translate = useTranslations("setup");
  return (
    <div className="mt-8 flex flex-wrap items-center justify-between gap-3">
      {onBack === undefined ? (
        <span />
      ) : (
        <Button variant="ghost" size="lg" className="-ms-4" onClick={onBack}>
          <ArrowLeft aria-hidden />
          {translate("back")}
        </Button>
      )}
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DiscoverDialog } from "./discover-dialog";

type Props = { provider: { id: string; name: string }; onChanged: () => Promise<void> };

/** Opens the list of what a provider has. */
export function DiscoverButton({ provider, onChanged }: Props) {
  const translate = useTranslations("aliases.discover");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <Plus aria-hidden />
        {translate("open")}
      </Button>
      {isOpen && (
        <DiscoverDialog provider={provider} onOpenChange={setIsOpen} onChanged={onChanged} />
      )}
    </>
  );
}

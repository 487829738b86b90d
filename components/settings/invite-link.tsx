"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A link to copy; selected with one tap, should the browser not allow copying. */
export function InviteLink({ url }: { url: string }) {
  const translate = useTranslations("settings.people");
  const translateCommon = useTranslations("common");
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setState("copied");
    } catch {
      // Without https the clipboard is closed to pages.
      input.current?.select();
      setState("failed");
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <Field label={translate("link")} isLabelHidden>
        <Input
          ref={input}
          value={url}
          readOnly
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
      </Field>
      <Button variant="primary" className="self-start" onClick={() => void copy()}>
        {state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
        {state === "copied" ? translateCommon("copied") : translate("copyLink")}
      </Button>
      <p role="status" className="text-ink-soft empty:hidden">
        {state === "failed" ? translate("copyFailed") : null}
      </p>
    </div>
  );
}

"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The secret of a webhook, to copy, and what to do with it. */
export function AlertSecret({ secret }: { secret: string }) {
  const translate = useTranslations("alerts.settings");
  const translateCommon = useTranslations("common");
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setState("copied");
    } catch {
      // Without https the clipboard is closed to pages.
      input.current?.select();
      setState("failed");
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Field label={translate("secret")} className="min-w-0 flex-1 basis-56">
          <Input
            ref={input}
            value={secret}
            readOnly
            className="font-mono"
            onFocus={(event) => {
              event.currentTarget.select();
            }}
          />
        </Field>
        <Button variant="primary" className="h-10" onClick={() => void copy()}>
          {state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
          {state === "copied" ? translateCommon("copied") : translate("copySecret")}
        </Button>
      </div>
      <p role="status" className="text-ink-soft empty:hidden">
        {state === "failed" ? translate("copyFailed") : null}
      </p>
      <section>
        <h3 className="mb-1 font-medium text-ink">{translate("verify")}</h3>
        <p className="text-small text-pretty break-words text-ink-soft">
          {translate("verifyText")}
        </p>
      </section>
    </div>
  );
}

"use client";

import { Button } from "@/components/ui/button";
import { QuietPage } from "@/components/ui/quiet-page";
import { preferenceCookies } from "@/lib/contracts/preferences";
import en from "@/messages/en/crash.json";
import zh from "@/messages/zh-CN/crash.json";
import "./globals.css";

/** Stands in for the root layout when that itself breaks, so it brings its own sentences. */
export default function GlobalError() {
  const isChinese =
    typeof document !== "undefined" &&
    (document.cookie.includes(`${preferenceCookies.locale}=zh`) ||
      navigator.language.startsWith("zh"));
  const sentences = isChinese ? zh : en;
  return (
    <html lang={isChinese ? "zh-CN" : "en"}>
      <body>
        <QuietPage title={sentences.title} text={sentences.text}>
          <Button
            variant="primary"
            onClick={() => {
              window.location.reload();
            }}
          >
            {sentences.reload}
          </Button>
        </QuietPage>
      </body>
    </html>
  );
}

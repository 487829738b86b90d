"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCopy } from "@/lib/client/chat/use-copy";
import { useHighlight } from "./use-highlight";

type CodeBlockProps = {
  code: string;
  language: string;
  /** Lines are still being added. */
  isGrowing: boolean;
};

/** Code with its language and a button to copy it. Colours come later and move nothing. */
export function CodeBlock({ code, language, isGrowing }: CodeBlockProps) {
  const translate = useTranslations("chat.code");
  const { isCopied, copy } = useCopy();
  const lines = useHighlight(code, language, isGrowing);
  const label = language === "" ? translate("label") : translate("labelOf", { language });
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language === "" ? translate("plain") : language}</span>
        <button
          type="button"
          className="code-copy"
          onClick={() => {
            copy(code);
          }}
        >
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span className="sr-only sm:not-sr-only">{translate(isCopied ? "copied" : "copy")}</span>
        </button>
      </figcaption>
      <pre tabIndex={0} role="region" aria-label={label} lang="en" translate="no">
        <code>
          {lines === null
            ? code
            : lines.map((line, at) => (
                <span key={at}>
                  {line.map(({ text, color }, index) => (
                    <span key={index} style={color === null ? undefined : { color }}>
                      {text}
                    </span>
                  ))}
                  {at < lines.length - 1 && "\n"}
                </span>
              ))}
        </code>
      </pre>
    </figure>
  );
}

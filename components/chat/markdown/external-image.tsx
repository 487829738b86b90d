"use client";

import { ImageOff, Image as ImageIcon } from "lucide-react";
import type { Tokens } from "marked";
import { useTranslations } from "next-intl";
import { decodeEntities } from "./entities";
import { toSafeUrl } from "./safe-url";

const boxClass =
  "my-1 inline-flex max-w-full items-center gap-2 rounded-control border border-line px-3 py-1.5 align-middle text-ui text-ink-soft [&_svg]:size-4 [&_svg]:shrink-0";

/**
 * Stands for an image in an answer. Loading it would tell its host whatever a model wrote into
 * the address, so nothing is loaded until somebody asks for it, and then in a tab of its own.
 */
export function ExternalImage({ image }: { image: Tokens.Image }) {
  const translate = useTranslations("chat.image");
  const url = toSafeUrl(decodeEntities(image.href));
  const alt = decodeEntities(image.text).trim();
  if (url === null || url.protocol === "mailto:") {
    return (
      <span className={boxClass}>
        <ImageOff aria-hidden />
        {alt === "" ? translate("blocked") : alt}
      </span>
    );
  }
  const { host } = url;
  return (
    <a
      href={url.href}
      title={translate("open")}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      className={`${boxClass} no-underline hover:bg-hover`}
    >
      <ImageIcon aria-hidden />
      <span className="min-w-0">
        <span className="block truncate">
          {alt === "" ? translate("from", { host }) : translate("fromAlt", { host, alt })}
        </span>
        <span className="block text-small text-ink-faint">{translate("open")}</span>
      </span>
    </a>
  );
}

"use client";

import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { FilePart } from "@/lib/contracts/attachments";

const ImageLightbox = dynamic(
  () => import("./image-lightbox").then((module) => module.ImageLightbox),
  { ssr: false },
);

/** Of one image, and of each of several, in rem. */
const heights = { single: 20, several: 10 };

/**
 * The images of a message. Each has its place before it is loaded, so that nothing moves. None can
 * be dragged: dropped on the same page, it would be added to the next message.
 */
export function ImageGrid({ images }: { images: readonly FilePart[] }) {
  const [openAt, setOpenAt] = useState<number | null>(null);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  const height = images.length === 1 ? heights.single : heights.several;
  return (
    <div className="flex max-w-full flex-wrap justify-end gap-1.5">
      {images.map((image, at) => (
        <Thumb
          key={image.url}
          image={image}
          maxHeight={height}
          onOpen={(button) => {
            setOpener(button);
            setOpenAt(at);
          }}
        />
      ))}
      {openAt !== null && (
        <ImageLightbox
          images={images}
          at={openAt}
          opener={opener}
          onMove={setOpenAt}
          onClose={() => {
            setOpenAt(null);
          }}
        />
      )}
    </div>
  );
}

type ThumbProps = { image: FilePart; maxHeight: number; onOpen: (button: HTMLElement) => void };

function Thumb({ image, maxHeight, onOpen }: ThumbProps) {
  const translate = useTranslations("images");
  const [isMissing, setIsMissing] = useState(false);
  const { width = 4, height = 3, filename } = image;
  const name = filename ?? translate("unnamed");
  // Very long or tall ones are cropped here, and whole when they are opened.
  const ratio = Math.min(2.4, Math.max(0.5, width / height));
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={isMissing ? translate("missing") : translate("open", { name })}
      data-tooltip={isMissing ? translate("missing") : undefined}
      className="max-w-full overflow-hidden rounded-card bg-surface ring-1 ring-line transition-shadow duration-150 hover:ring-line-strong"
      style={{
        aspectRatio: String(ratio),
        // A small picture is not blown up, and never too small to be hit.
        width: `min(${String(maxHeight * ratio)}rem, max(4rem, ${String(width)}px))`,
      }}
      onClick={({ currentTarget }) => {
        onOpen(currentTarget);
      }}
    >
      {isMissing ? (
        <span className="grid size-full place-items-center text-ink-faint">
          <ImageOff aria-hidden className="size-5" />
        </span>
      ) : (
        <img
          src={image.url}
          alt={name}
          draggable={false}
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => {
            setIsMissing(true);
          }}
        />
      )}
    </button>
  );
}

import { useTranslations } from "next-intl";

/** The mark, two strokes of speech that face each other, and the name. */
export function Wordmark() {
  const translate = useTranslations("common");
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden className="size-5 text-accent">
        <g
          fill="none"
          stroke="currentColor"
          strokeWidth="3.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d="M12.5 5.5A10 10 0 0 0 6 22.4L4.5 27" />
          <path d="M19.5 26.5A10 10 0 0 0 26 9.6L27.5 5" />
        </g>
      </svg>
      {translate("appName")}
    </span>
  );
}

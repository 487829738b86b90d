import { clsx } from "clsx";
import type { ReactNode } from "react";

type QuietPageProps = {
  title: string;
  text: ReactNode;
  /** It stands within a frame that has the page's landmark already. */
  isInFrame?: boolean;
  children?: ReactNode;
};

/** A page that only says one thing: not found, broken, starting. */
export function QuietPage({ title, text, isInFrame = false, children }: QuietPageProps) {
  const Landmark = isInFrame ? "div" : "main";
  return (
    <Landmark
      className={clsx(
        "mx-auto flex w-full max-w-md flex-col justify-center gap-3 px-6 pb-[12dvh]",
        isInFrame ? "flex-1" : "min-h-dvh",
      )}
    >
      <h1 className="text-xl font-semibold text-balance">{title}</h1>
      <div className="text-base leading-relaxed text-ink-soft">{text}</div>
      {children !== undefined && <div className="mt-3 flex flex-wrap gap-3">{children}</div>}
    </Landmark>
  );
}

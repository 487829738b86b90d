import { nearlyFullShare } from "@/lib/domain/context/find-warnings";

type ContextRingProps = {
  /** Of the window; null where it is unknown. */
  share: number | null;
  /** Nothing is known yet: only the place of it is shown. */
  isEmpty: boolean;
  isRefused: boolean;
};

/** A thin ring that fills with the window. */
export function ContextRing({ share, isEmpty, isRefused }: ContextRingProps) {
  const circle = { cx: 10, cy: 10, r: 7.5, fill: "none", strokeWidth: 2.25, pathLength: 100 };
  const color = isRefused
    ? "text-bad"
    : share !== null && share >= nearlyFullShare
      ? "text-warn"
      : "text-ink-faint";
  const isUnknown = !isEmpty && share === null;
  return (
    <svg aria-hidden viewBox="0 0 20 20" className={`!size-5 -rotate-90 ${color}`}>
      <circle
        {...circle}
        className={isUnknown ? "stroke-current" : "stroke-line-strong/45"}
        {...(isUnknown ? { strokeDasharray: "6 6.5" } : {})}
      />
      {!isUnknown && !isEmpty && (
        <circle
          {...circle}
          stroke="currentColor"
          strokeLinecap="round"
          // The least that is seen as more than nothing.
          strokeDasharray={`${String(Math.max(1, 100 * (share ?? 0)))} 100`}
          className="motion-safe:transition-[stroke-dasharray] motion-safe:duration-150"
        />
      )}
    </svg>
  );
}

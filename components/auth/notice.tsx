import { CircleAlert } from "lucide-react";

/** What went wrong with the whole form. Present from the start, so that it is read aloud. */
export function Notice({ text }: { text: string | undefined }) {
  return (
    <div role="alert" className="empty:-mb-4">
      {text !== undefined && (
        <p className="flex gap-2.5 rounded-control border border-bad/40 bg-bad/5 px-3 py-2.5 text-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          {text}
        </p>
      )}
    </div>
  );
}

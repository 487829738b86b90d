import { splitTitle } from "@/lib/domain/summary/successor-title";

/**
 * A conversation's title on one line. Where room is short its end is cut off, save the number that
 * tells it apart from the conversation that it goes on from.
 */
export function TitleText({ title }: { title: string }) {
  const { base, number } = splitTitle(title);
  if (number === "") return <span className="block truncate">{title}</span>;
  return (
    <span className="flex min-w-0">
      <span className="min-w-0 truncate">{base}</span>
      <span className="shrink-0 whitespace-pre">{number}</span>
    </span>
  );
}

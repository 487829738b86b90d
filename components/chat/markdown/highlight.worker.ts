import type { CodeLine, HighlightAnswer, HighlightRequest } from "./highlight-messages";
import { loadHighlighter, type Highlighter } from "./highlighter";

/** Blocks that still grow: their colours so far. Those that nobody ended are given up in turn. */
const mostGrowing = 20;
const growing = new Map<number, { highlight: Highlighter; lines: readonly CodeLine[] }>();

self.addEventListener("message", (event: MessageEvent<HighlightRequest>) => {
  void answer(event.data).then((reply) => {
    self.postMessage(reply);
  });
});

async function answer(request: HighlightRequest): Promise<HighlightAnswer> {
  const { id, language, code, isGrowing } = request;
  const known = growing.get(id);
  const highlight = known?.highlight ?? (await loadHighlighter(language).catch(() => null));
  if (highlight === null) return { id, isKnown: false, keptLines: 0, lines: [] };
  const before = known?.lines ?? [];
  const lines = highlight(code, isGrowing);
  growing.delete(id);
  if (isGrowing) growing.set(id, { highlight, lines });
  const [oldest] = growing.keys();
  if (growing.size > mostGrowing && oldest !== undefined) growing.delete(oldest);
  let keptLines = 0;
  while (keptLines < lines.length && lines[keptLines] === before[keptLines]) keptLines += 1;
  return { id, isKnown: true, keptLines, lines: lines.slice(keptLines) };
}

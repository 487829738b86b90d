import type { CodeLine, HighlightAnswer, HighlightRequest } from "./highlight-messages";

/** A grammar is a set of patterns that some text can keep busy for ever; then it stays plain. */
const patienceMs = 3_000;
/** The first request also loads the highlighter, and a language its grammar. */
const loadPatienceMs = 20_000;

/** Colours that follow the text at this distance are soon enough, and cost half. */
const growingEveryMs = 120;

export type Highlighted = { code: string; lines: readonly CodeLine[] };

type Job = { request: HighlightRequest; onDone: (done: Highlighted) => void };

/** One request is with the worker at a time; of each block, only the newest one waits. */
const waiting = new Map<number, Job>();
const lines = new Map<number, readonly CodeLine[]>();
const loaded = new Set<string>();
let worker: Worker | null = null;
let present: Job | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;

/**
 * Colours one block of code, as often as it grows, in a worker: whatever a grammar does with it,
 * the page goes on.
 */
export function createHighlighting(language: string, onDone: (done: Highlighted) => void) {
  const id = ++lastId;
  let newest = "";
  let later: ReturnType<typeof setTimeout> | null = null;

  const ask = (isGrowing: boolean) => {
    if (later !== null) clearTimeout(later);
    later = null;
    waiting.set(id, { request: { id, language, code: newest, isGrowing }, onDone });
    if (present === null) sendNext();
  };
  return {
    request: (code: string, isGrowing: boolean): void => {
      newest = code;
      if (!isGrowing) ask(false);
      else later ??= setTimeout(ask, growingEveryMs, true);
    },
    end: (): void => {
      if (later !== null) clearTimeout(later);
      waiting.delete(id);
      lines.delete(id);
    },
  };
}

function sendNext(): void {
  const [next] = waiting;
  present = next?.[1] ?? null;
  if (present === null) return;
  const { request } = present;
  waiting.delete(request.id);
  worker ??= openWorker();
  timer = setTimeout(giveUp, loaded.has(request.language) ? patienceMs : loadPatienceMs);
  worker.postMessage(request);
}

function openWorker(): Worker {
  const opened = new Worker(new URL("./highlight.worker.ts", import.meta.url), { type: "module" });
  opened.addEventListener("message", (event: MessageEvent<HighlightAnswer>) => {
    take(event.data);
  });
  opened.addEventListener("error", giveUp);
  return opened;
}

function take({ id, isKnown, keptLines, lines: fresh }: HighlightAnswer): void {
  clearTimeout(timer);
  const job = present;
  if (job?.request.id !== id) return;
  const { code, language, isGrowing } = job.request;
  loaded.add(language);
  if (isKnown) {
    const all = [...(lines.get(id) ?? []).slice(0, keptLines), ...fresh];
    if (isGrowing) lines.set(id, all);
    else lines.delete(id);
    job.onDone({ code, lines: all });
  }
  sendNext();
}

/** The block that took too long stays as it is; the worker is started anew for the others. */
function giveUp(): void {
  clearTimeout(timer);
  worker?.terminate();
  worker = null;
  lines.clear();
  sendNext();
}

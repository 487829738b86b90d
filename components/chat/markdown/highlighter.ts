import {
  createCssVariablesTheme,
  createHighlighterCore,
  type GrammarState,
  type HighlighterCore,
  type ThemedToken,
} from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import type { CodeLine } from "./highlight-messages";
import { findLanguage } from "./languages";

/** Colours code that may grow. Made for one block: it remembers the lines that are done. */
export type Highlighter = (code: string, isGrowing: boolean) => readonly CodeLine[];

// Colours are CSS variables, so that light and dark need no second pass.
const theme = createCssVariablesTheme({ name: "parley", variablePrefix: "--code-" });

let core: Promise<HighlighterCore> | null = null;

/** The highlighter for a language; null for one that is not known. */
export async function loadHighlighter(name: string): Promise<Highlighter | null> {
  const language = findLanguage(name);
  if (language === null) return null;
  core ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const highlighter = await core;
  const loaded = await language.load();
  await highlighter.loadLanguage(loaded.default);
  return createHighlighter(highlighter, language.id);
}

function createHighlighter(core: HighlighterCore, lang: string): Highlighter {
  const options = { lang, theme: "parley", tokenizeMaxLineLength: 2_000 };
  let done: { code: string; lines: readonly CodeLine[]; state: GrammarState | undefined } = {
    code: "",
    lines: [],
    state: undefined,
  };

  const tokenize = (code: string, state: GrammarState | undefined) =>
    core.codeToTokensBase(
      code,
      state === undefined ? options : { ...options, grammarState: state },
    );

  return (code, isGrowing) => {
    if (!code.startsWith(done.code)) done = { code: "", lines: [], state: undefined };
    // Whole lines are coloured once; the state of the grammar at their end is kept.
    const end = isGrowing ? code.lastIndexOf("\n") + 1 : 0;
    if (end > done.code.length) {
      const tokens = tokenize(code.slice(done.code.length, end - 1), done.state);
      const state = core.getLastGrammarState(tokens);
      done = { code: code.slice(0, end), lines: [...done.lines, ...tokens.map(toLine)], state };
    }
    const rest = code.slice(done.code.length);
    if (rest === "" && done.lines.length > 0) return [...done.lines, []];
    return [...done.lines, ...tokenize(rest, done.state).map(toLine)];
  };
}

/** Neighbours of one colour become one piece: each is an element on the page. */
function toLine(tokens: readonly ThemedToken[]): CodeLine {
  const pieces: { text: string; color: string | null }[] = [];
  for (const { content, color } of tokens) {
    const last = pieces.at(-1);
    // What has the text's own colour needs none; space has none to show.
    const own = color === undefined || color === "var(--code-foreground)" ? null : color;
    if (last !== undefined && (last.color === own || content.trim() === "")) last.text += content;
    else pieces.push({ text: content, color: own });
  }
  return pieces;
}

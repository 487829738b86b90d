import { Tokenizer, type TokenizerAndRendererExtension, type Tokens } from "marked";

const wide = "\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef\\u2018-\\u201d\\u2026\\u2014";
const isWide = new RegExp(`[${wide}]`, "u");
const isPunctuation = /[\p{P}\p{S}]/u;
const strong = /^\*\*(?![\s*])((?:`[^`]*`|\\.|\*(?!\*)|[^\\*`])+?)\*\*(?!\*)/;

/**
 * Bold text beside Chinese. CommonMark decides by spaces and punctuation where emphasis begins and
 * ends; Chinese has no spaces and puts its punctuation inside: `**注意：**下一步` stays unset there.
 */
export const chineseStrong: TokenizerAndRendererExtension = {
  name: "chineseStrong",
  level: "inline",
  start: (source) => {
    const at = source.indexOf("**");
    return at < 0 ? undefined : at;
  },
  tokenizer(source): Tokens.Strong | undefined {
    const match = strong.exec(source);
    const text = match?.[1];
    if (match === null || text === undefined || /\s$/.test(text)) return undefined;
    const last = text.at(-1) ?? "";
    const next = source.slice(match[0].length, match[0].length + 1);
    const opensWide = isWide.test(text.charAt(0)) && isPunctuation.test(text.charAt(0));
    const closesWide = isPunctuation.test(last) && (isWide.test(last) || isWide.test(next));
    if (!opensWide && !closesWide) return undefined;
    return { type: "strong", raw: match[0], text, tokens: this.lexer.inlineTokens(text) };
  },
};

const bareUrl = /^(?:https?:\/\/|www\.)[^\s<]+/i;

/** Ends a bare address where Chinese begins: `见https://example.com。` */
export class ChineseTokenizer extends Tokenizer {
  override url(source: string): Tokens.Link | undefined {
    const end = bareUrl.exec(source)?.[0].search(isWide) ?? -1;
    return super.url(end < 0 ? source : source.slice(0, end));
  }
}

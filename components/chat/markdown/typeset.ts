import katex from "katex";
import "katex/dist/katex.min.css";

/** Sets a formula into an element. Returns whether that was possible. */
export function typeset(place: HTMLElement, text: string, isBlock: boolean): boolean {
  try {
    katex.render(text, place, {
      displayMode: isBlock,
      throwOnError: true,
      // Commands that link, load or style by address stay off.
      trust: false,
      strict: "ignore",
      maxSize: 20,
      maxExpand: 200,
    });
    return true;
  } catch {
    return false;
  }
}

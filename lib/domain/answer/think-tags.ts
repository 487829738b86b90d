export type AnswerDelta = { type: "text" | "reasoning"; delta: string };

const openTag = "<think>";
const closeTag = "</think>";

/**
 * Splits `<think>…</think>` at the head of an answer off as reasoning, delta by delta: servers
 * without a field for it write it into the text. Later tags are the answer's own words.
 */
export class ThinkTagSplitter {
  private state: "head" | "inside" | "after-close" | "text" = "head";
  private held = "";

  /** Takes the next text delta; holds back what may be half a tag. */
  push(delta: string): AnswerDelta[] {
    if (this.state === "text") return delta === "" ? [] : [{ type: "text", delta }];
    this.held += delta;
    const out: AnswerDelta[] = [];
    if (this.state === "head") {
      const start = this.held.trimStart();
      if (openTag.startsWith(start)) return out;
      if (!start.startsWith(openTag)) return [...out, ...this.release()];
      this.held = start.slice(openTag.length);
      this.state = "inside";
    }
    if (this.state === "inside") {
      const end = this.held.indexOf(closeTag);
      if (end < 0) {
        const safe = this.held.length - overlap(this.held, closeTag);
        if (safe > 0) out.push({ type: "reasoning", delta: this.held.slice(0, safe) });
        this.held = this.held.slice(safe);
        return out;
      }
      if (end > 0) out.push({ type: "reasoning", delta: this.held.slice(0, end) });
      this.held = this.held.slice(end + closeTag.length);
      this.state = "after-close";
    }
    this.held = this.held.trimStart();
    return this.held === "" ? out : [...out, ...this.release()];
  }

  /** What is still held back when the answer ends. */
  end(): AnswerDelta[] {
    const { held } = this;
    this.held = "";
    if (held === "" || this.state === "after-close") return [];
    return [{ type: this.state === "inside" ? "reasoning" : "text", delta: held }];
  }

  private release(): AnswerDelta[] {
    const delta = this.held;
    this.held = "";
    this.state = "text";
    return [{ type: "text", delta }];
  }
}

/** The length of the longest end of `text` that is a beginning of `tag`. */
function overlap(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}

/** What the upstream is asked to play, written into the prompt so that it passes through any app. */
export type Script = {
  tokens: number;
  /** Tokens a second; 0 means as fast as the socket takes them. */
  perSecond: number;
  /** Stamps, to be timed, or Markdown, to be looked at. Stamps when left out. */
  form?: "stamps" | "markdown";
};

const pattern = /\[\[bench tokens=(\d+) rate=(\d+) as=(stamps|markdown)\]\]/g;

export function writeScript({ tokens, perSecond, form = "stamps" }: Script): string {
  return `Say something [[bench tokens=${tokens} rate=${perSecond} as=${form}]]`;
}

/** The script of the newest message: the last one in a request's text. */
export function readScript(requestText: string): Required<Script> {
  const last = [...requestText.matchAll(pattern)].at(-1);
  return {
    tokens: Number(last?.[1] ?? 1),
    perSecond: Number(last?.[2] ?? 0),
    form: last?.[3] === "markdown" ? "markdown" : "stamps",
  };
}

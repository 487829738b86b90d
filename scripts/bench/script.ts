/** What the upstream is asked to play, written into the prompt so that it passes through any app. */
export type Script = {
  tokens: number;
  /** Tokens a second; 0 means as fast as the socket takes them. */
  perSecond: number;
};

const pattern = /\[\[bench tokens=(\d+) rate=(\d+)\]\]/g;

export function writeScript({ tokens, perSecond }: Script): string {
  return `Say something [[bench tokens=${tokens} rate=${perSecond}]]`;
}

/** The script of the newest message: the last one in a request's text. */
export function readScript(requestText: string): Script {
  const last = [...requestText.matchAll(pattern)].at(-1);
  return { tokens: Number(last?.[1] ?? 1), perSecond: Number(last?.[2] ?? 0) };
}
